/* pairing.c - see pairing.h */
#include "acquire/pairing.h"
#include "acquire/usbmux.h"
#include <libimobiledevice/lockdown.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CPU_SECONDS 20
#define WALL_SECONDS 40

int pairing_read(struct pairing *ret, const char *udid, struct err *err)
{
	struct pairing p = { 0 };
	int rc = usbmux_record(&p.list, udid, err);
	if (rc == 0 && !p.list)
		rc = err_set(err, E_ABSENT, "This computer and the phone are not paired.");
	if (rc)
		return rc;
	const struct pl_node *root = pl_root(p.list);
	p.host_id = pl_text(pl_get(root, "HostID"));
	p.buid = pl_text(pl_get(root, "SystemBUID"));
	p.host_certificate = pl_data(pl_get(root, "HostCertificate"));
	p.host_key = pl_data(pl_get(root, "HostPrivateKey"));
	p.escrow = pl_data(pl_get(root, "EscrowBag"));
	if (!p.host_id.p || !p.host_certificate.p || !p.host_key.p) {
		pairing_done(&p);
		return err_set(err, E_FORMAT,
			       "The pairing record of this computer and this phone is damaged. "
			       "Unpair it ('idevicepair unpair') and connect it again.");
	}
	*ret = p;
	return 0;
}

void pairing_done(struct pairing *p)
{
	pl_free(p->list);
	*p = (struct pairing){ 0 };
}

/* ---- in a process of its own ---- */

static enum pairing_answer answer_of(lockdownd_error_t e)
{
	switch (e) {
	case LOCKDOWN_E_SUCCESS:
		return PAIRING_DONE;
	case LOCKDOWN_E_PAIRING_DIALOG_RESPONSE_PENDING:
		return PAIRING_ASKING;
	case LOCKDOWN_E_PASSWORD_PROTECTED:
		return PAIRING_LOCKED;
	case LOCKDOWN_E_USER_DENIED_PAIRING:
		return PAIRING_REFUSED;
	default:
		return PAIRING_FAILED;
	}
}

static int make_or_remove(const char *udid, bool make)
{
	idevice_t device = NULL;
	lockdownd_client_t client = NULL;
	if (idevice_new_with_options(&device, udid, IDEVICE_LOOKUP_USBMUX) != IDEVICE_E_SUCCESS)
		return PAIRING_GONE;
	if (lockdownd_client_new(device, &client, "linecheck") != LOCKDOWN_E_SUCCESS)
		return PAIRING_GONE;
	return (int)answer_of(make ? lockdownd_pair(client, NULL) : lockdownd_unpair(client, NULL));
}

static enum pairing_answer apart(const char *udid, bool make)
{
	pid_t child = fork();
	if (child < 0)
		return PAIRING_FAILED;
	if (child == 0) {
		const struct rlimit limit = { CPU_SECONDS, CPU_SECONDS };
		setrlimit(RLIMIT_CPU, &limit);
		signal(SIGINT, SIG_IGN);
		if (!freopen("/dev/null", "w", stderr)) /* what a library says is not for people */
			_exit((int)PAIRING_FAILED);
		alarm(WALL_SECONDS);
		_exit(make_or_remove(udid, make));
	}
	int status = 0;
	while (waitpid(child, &status, 0) < 0)
		;
	return WIFEXITED(status) && WEXITSTATUS(status) <= PAIRING_FAILED
		       ? (enum pairing_answer)WEXITSTATUS(status)
		       : PAIRING_FAILED;
}

enum pairing_answer pairing_make(const char *udid)
{
	return apart(udid, true);
}

bool pairing_remove(const char *udid)
{
	struct pl *left = NULL;
	if (apart(udid, false) != PAIRING_DONE)
		usbmux_forget(udid);
	bool gone = usbmux_record(&left, udid, NULL) == 0 && !left;
	pl_free(left);
	return gone;
}
