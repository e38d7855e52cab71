/*
 * faults.h - what if it stops here? Every call that changes a disk goes through this file, also
 * SQLite's: the n-th one can be the last thing that a child process does (killed, with half of a
 * write done), or the first that finds the disk full; or no call at all may change anything. What
 * goes to the terminal (descriptors up to 2) is not counted.
 *
 * A program that includes it has these calls in place of the C library's.
 */
#ifndef FAULTS_H
#define FAULTS_H
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum fault { FAULT_NONE, FAULT_KILL, FAULT_FULL, FAULT_READONLY, FAULT_COUNT };
#define FAULT_KILLED 99

static enum fault fault_wanted, fault_kind;
static long fault_at, fault_steps;
static long *fault_total; /* how many steps a child took; shared with it */

/* From here on faults happen, and steps are counted. */
static void fault_start(void)
{
	fault_steps = 0;
	fault_kind = fault_wanted;
}

/* True: the disk is full. */
static bool fault_step(bool takes_room)
{
	if (!fault_kind)
		return false;
	fault_steps++;
	if (fault_total)
		*fault_total = fault_steps;
	if (fault_kind == FAULT_READONLY) {
		errno = EROFS;
		return true;
	}
	if (fault_kind == FAULT_KILL && fault_steps == fault_at)
		_exit(FAULT_KILLED);
	if (fault_kind == FAULT_FULL && fault_steps >= fault_at && takes_room) {
		errno = ENOSPC;
		return true;
	}
	return false;
}

/* As fault_step for writes: on a kill the first half of the bytes is still written. */
static bool fault_write(int fd, const void *p, size_t n, off_t at)
{
	if (fd <= 2)
		return false;
	if (fault_kind == FAULT_KILL && fault_steps + 1 == fault_at) {
		if (at < 0)
			syscall(SYS_write, fd, p, n / 2);
		else
			syscall(SYS_pwrite64, fd, p, n / 2, at);
	}
	return fault_step(true);
}

ssize_t write(int fd, const void *p, size_t n)
{
	return fault_write(fd, p, n, -1) ? -1 : (ssize_t)syscall(SYS_write, fd, p, n);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
	return fault_write(fd, p, n, at) ? -1 : (ssize_t)syscall(SYS_pwrite64, fd, p, n, at);
}

/* Opening changes a disk only when it makes a file, or empties one. */
static bool fault_open(int dir, const char *path, int flags)
{
	int why = errno;
	bool writes = (flags & O_ACCMODE) != O_RDONLY;
	bool makes = (flags & O_CREAT) && syscall(SYS_faccessat, dir, path, F_OK) != 0;
	errno = why;
	if (fault_kind == FAULT_READONLY && writes && strncmp(path, "/dev/", 5) != 0)
		return fault_step(true);
	return (makes || (flags & O_TRUNC)) && fault_step(makes);
}

int openat(int dir, const char *path, int flags, ...)
{
	va_list ap;
	va_start(ap, flags);
	mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	return fault_open(dir, path, flags) ? -1 : (int)syscall(SYS_openat, dir, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list ap;
	va_start(ap, flags);
	mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	return fault_open(AT_FDCWD, path, flags)
		       ? -1
		       : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int access(const char *path, int mode)
{
	if (fault_kind == FAULT_READONLY && (mode & W_OK)) {
		errno = EROFS;
		return -1;
	}
	return (int)syscall(SYS_access, path, mode);
}

#define FAULT_CALL(room, ...) (fault_step(room) ? -1 : (int)syscall(__VA_ARGS__))

int fsync(int fd)
{
	return FAULT_CALL(true, SYS_fsync, fd);
}
int fdatasync(int fd)
{
	return FAULT_CALL(true, SYS_fdatasync, fd);
}
int ftruncate(int fd, off_t n)
{
	return FAULT_CALL(true, SYS_ftruncate, fd, n);
}
int rename(const char *a, const char *b)
{
	return FAULT_CALL(false, SYS_rename, a, b);
}
int renameat(int d, const char *a, int e, const char *b)
{
	return FAULT_CALL(false, SYS_renameat, d, a, e, b);
}
int renameat2(int d, const char *a, int e, const char *b, unsigned flags)
{
	return FAULT_CALL(false, SYS_renameat2, d, a, e, b, flags);
}
int unlink(const char *path)
{
	return FAULT_CALL(false, SYS_unlink, path);
}
int unlinkat(int fd, const char *path, int flags)
{
	return FAULT_CALL(false, SYS_unlinkat, fd, path, flags);
}
int rmdir(const char *path)
{
	return FAULT_CALL(false, SYS_rmdir, path);
}
int mkdir(const char *path, mode_t mode)
{
	return FAULT_CALL(true, SYS_mkdir, path, mode);
}
int mkdirat(int fd, const char *path, mode_t mode)
{
	return FAULT_CALL(true, SYS_mkdirat, fd, path, mode);
}

/* To be told in *fault_total how many steps a child took. */
__attribute__((unused)) static void fault_share(void)
{
	void *p = mmap(NULL, sizeof *fault_total, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		abort();
	fault_total = p;
}

/* Run work in a child, with the fault at its n-th step: its exit code (1 for what is negative),
 * FAULT_KILLED, or 255 when it crashed. n beyond its steps: it ends as without a fault. */
static int fault_run(enum fault kind, long n, int (*work)(void))
{
	int status;
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		fault_wanted = kind;
		fault_at = n;
		fault_start();
		int rc = work();
		fault_kind = FAULT_NONE;
		_exit(rc < 0 ? 1 : rc);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		abort();
	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

/* Which steps to stop at: all of them with FAULTS_STRIDE=1 (tests/slow/faults.sh). */
__attribute__((unused)) static long fault_next(long n)
{
	const char *stride = getenv("FAULTS_STRIDE");
	long by = stride ? strtol(stride, NULL, 10) : 7;
	return n + (by > 0 ? by : 1);
}
#endif
