/*
 * cable.c - a USB cable to an adbd that listens on TCP: umockdev shows libusb a phone, whose bulk
 * transfers are the bytes of the connection.
 *
 *   umockdev-wrapper peer_cable PORT COMMAND...   runs COMMAND, which sees a phone with serial
 * CABLE01
 *   CABLE_LATE=FILE: it is plugged in once something is said there that asks for it ("Connect it")
 *   CABLE_LOG=FILE: what was done to the kernel driver that holds it, a word a line
 *
 * The device has one interface of adb (255, 66, 1) with endpoints 0x81 and 0x02 of 512 bytes.
 */
#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <umockdev.h>
#include <unistd.h>

#define NODE "/dev/bus/usb/001/002"

static const char description[] =
	"P: /devices/usb1\nN: bus/usb/001/002\nE: SUBSYSTEM=usb\nE: DRIVER=usb\nE: BUSNUM=001\n"
	"E: DEVNUM=002\nE: DEVNAME=" NODE "\nE: DEVTYPE=usb_device\nA: bConfigurationValue=1\\n\n"
	"A: busnum=1\\n\nA: devnum=2\\n\nA: speed=480\\n\nA: serial=CABLE01\\n\n"
	"H: descriptors="
	"1201000200000040d118e74e000101020301" /* device */
	"09022000010100c0fa"                   /* configuration */
	"0904000002ff420100"                   /* interface: 255, 66, 1 */
	"07058102000200"
	"07050202000200\n"; /* endpoints */
static const char *const strings[] = { "", "Invented", "Cable phone", "CABLE01" };

static int line = -1, port;
static GList *done, *waiting; /* URBs */

static bool held = true; /* by a kernel driver */

static void tell(const char *word)
{
	const char *path = getenv("CABLE_LOG");
	FILE *f = path ? fopen(path, "a") : NULL;
	if (!f)
		return;
	fprintf(f, "%s\n", word);
	fclose(f);
}

/* Without a log there is no driver. */
static int driver(UMockdevIoctlData *arg, unsigned long request)
{
	if (!getenv("CABLE_LOG"))
		return ENODATA;
	if (request == USBDEVFS_GETDRIVER) {
		g_autoptr(UMockdevIoctlData) d = umockdev_ioctl_data_resolve(
			arg, 0, sizeof(struct usbdevfs_getdriver), NULL);
		struct usbdevfs_getdriver *said = (void *)d->data;
		snprintf(said->driver, sizeof said->driver, "%s", held ? "invented" : "usbfs");
		return 0;
	}
	g_autoptr(UMockdevIoctlData) d =
		umockdev_ioctl_data_resolve(arg, 0, sizeof(struct usbdevfs_ioctl), NULL);
	const struct usbdevfs_ioctl *asked = (const void *)d->data;
	held = asked->ioctl_code == (int)USBDEVFS_CONNECT;
	tell(held ? "driver back" : "driver off");
	return 0;
}

static void plug_in(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_port = htons((uint16_t)port),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int one = 1;
	if (line >= 0)
		close(line);
	line = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(line, (struct sockaddr *)&a, sizeof a) != 0)
		perror("connect");
	setsockopt(line, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

/* A string descriptor, in UTF-16. */
static void control(struct usbdevfs_urb *urb, unsigned char *setup)
{
	unsigned char out[64] = { 4, 3, 9, 4 };
	size_t n = 4, room = (size_t)(setup[6] | setup[7] << 8);
	urb->actual_length = 0;
	urb->status = -EPIPE;
	if (setup[0] != 0x80 || setup[1] != 6 || setup[3] != 3 || setup[2] > 3)
		return;
	if (setup[2]) {
		const char *s = strings[setup[2]];
		n = 2 + 2 * strlen(s);
		out[0] = (unsigned char)n;
		for (size_t i = 0; s[i]; i++) {
			out[2 + 2 * i] = (unsigned char)s[i];
			out[3 + 2 * i] = 0;
		}
	}
	n = n < room ? n : room;
	memcpy(setup + 8, out, n);
	urb->actual_length = (int)n;
	urb->status = 0;
}

static void send_all(struct usbdevfs_urb *urb, const unsigned char *bytes)
{
	int sent = 0;
	while (sent < urb->buffer_length) {
		ssize_t n =
			send(line, bytes + sent, (size_t)(urb->buffer_length - sent), MSG_NOSIGNAL);
		if (n <= 0)
			break;
		sent += (int)n;
	}
	urb->actual_length = sent;
	urb->status = sent == urb->buffer_length ? 0 : -ENODEV;
}

static UMockdevIoctlData *buffer_of(UMockdevIoctlData *urb_data)
{
	const struct usbdevfs_urb *urb = (const void *)urb_data->data;
	return urb->buffer_length
		       ? umockdev_ioctl_data_resolve(urb_data,
						     offsetof(struct usbdevfs_urb, buffer),
						     (size_t)urb->buffer_length, NULL)
		       : NULL;
}

static void submit(UMockdevIoctlData *arg)
{
	UMockdevIoctlData *data =
		umockdev_ioctl_data_resolve(arg, 0, sizeof(struct usbdevfs_urb), NULL);
	struct usbdevfs_urb *urb = (void *)data->data;
	g_autoptr(UMockdevIoctlData) buffer = buffer_of(data);
	if (urb->type != USBDEVFS_URB_TYPE_CONTROL && urb->endpoint & 0x80) {
		waiting = g_list_append(waiting, data);
		return;
	}
	if (urb->type == USBDEVFS_URB_TYPE_CONTROL)
		control(urb, buffer->data);
	else
		send_all(urb, buffer ? buffer->data : NULL);
	done = g_list_append(done, data);
}

/* What came from the phone goes into the first URB that waits for it: all that was asked for, as
 * a packet's head and bytes are asked for apart. */
static UMockdevIoctlData *arrived(void)
{
	struct pollfd p = { .fd = line, .events = POLLIN };
	if (!waiting || poll(&p, 1, 1) <= 0)
		return NULL;
	UMockdevIoctlData *data = waiting->data;
	struct usbdevfs_urb *urb = (void *)data->data;
	g_autoptr(UMockdevIoctlData) buffer = buffer_of(data);
	ssize_t n = recv(line, buffer->data, (size_t)urb->buffer_length, MSG_WAITALL);
	urb->status = n > 0 ? 0 : -ENODEV;
	urb->actual_length = n > 0 ? (int)n : 0;
	waiting = g_list_delete_link(waiting, waiting);
	return data;
}

static int reap(UMockdevIoctlData *arg)
{
	UMockdevIoctlData *data = done ? done->data : arrived();
	if (!data)
		return EAGAIN;
	if (done && data == done->data)
		done = g_list_delete_link(done, done);
	g_autoptr(UMockdevIoctlData) to = umockdev_ioctl_data_resolve(arg, 0, sizeof(void *), NULL);
	umockdev_ioctl_data_set_ptr(to, 0, data);
	umockdev_ioctl_data_unref(data);
	return 0;
}

static int discard(const UMockdevIoctlData *arg)
{
	unsigned long address = *(const unsigned long *)(const void *)arg->data;
	for (GList *l = waiting; l; l = l->next) {
		UMockdevIoctlData *data = l->data;
		if (data->client_addr != address)
			continue;
		((struct usbdevfs_urb *)(void *)data->data)->status = -ENOENT;
		waiting = g_list_delete_link(waiting, l);
		done = g_list_append(done, data);
		return 0;
	}
	return EINVAL;
}

static gboolean on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client, gpointer user)
{
	UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg(client);
	int error = 0;
	(void)base, (void)user;
	switch (umockdev_ioctl_client_get_request(client)) {
	case USBDEVFS_GET_CAPABILITIES: {
		g_autoptr(UMockdevIoctlData) d = umockdev_ioctl_data_resolve(arg, 0, 4, NULL);
		*(guint32 *)(void *)d->data =
			USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION |
			USBDEVFS_CAP_NO_PACKET_SIZE_LIM | USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
		break;
	}
	case USBDEVFS_CLAIMINTERFACE:
		plug_in();
		tell("claimed");
		break;
	case USBDEVFS_RELEASEINTERFACE:
		tell("released");
		break;
	case USBDEVFS_CLEAR_HALT:
	case USBDEVFS_RESET:
	case USBDEVFS_SETINTERFACE:
		break;
	case USBDEVFS_GETDRIVER:
	case USBDEVFS_IOCTL:
		error = driver(arg, umockdev_ioctl_client_get_request(client));
		break;
	case USBDEVFS_SUBMITURB:
		submit(arg);
		break;
	case USBDEVFS_REAPURB:
	case USBDEVFS_REAPURBNDELAY:
		error = reap(arg);
		break;
	case USBDEVFS_DISCARDURB:
		error = discard(arg);
		break;
	default:
		return FALSE;
	}
	umockdev_ioctl_client_complete(client, error ? -1 : 0, error);
	return TRUE;
}

static void wait_for_words(const char *path)
{
	for (int i = 0; i < 600; i++) {
		g_autofree char *said = NULL;
		if (g_file_get_contents(path, &said, NULL, NULL) && strstr(said, "Connect it"))
			return;
		g_usleep(100000);
	}
}

int main(int argc, char **argv)
{
	GError *error = NULL;
	GPid pid = 0;
	const char *late = getenv("CABLE_LATE");
	int status = 1;
	if (argc < 3)
		return 2;
	port = (int)strtol(argv[1], NULL, 10);
	UMockdevTestbed *bed = umockdev_testbed_new();
	UMockdevIoctlBase *base = umockdev_ioctl_base_new();
	g_object_connect(base, "signal-after::handle-ioctl", on_ioctl, NULL, NULL);
	if (!umockdev_testbed_attach_ioctl(bed, NODE, base, &error) ||
	    (!late && !umockdev_testbed_add_from_string(bed, description, &error)) ||
	    !g_spawn_async(NULL, argv + 2, NULL,
			   G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN |
				   G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
			   NULL, NULL, &pid, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	if (late) {
		wait_for_words(late);
		if (!umockdev_testbed_add_from_string(bed, description, &error))
			fprintf(stderr, "%s\n", error->message);
	}
	waitpid(pid, &status, 0);
	g_object_unref(bed);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
