/*
 * faults.h - what if it stops here? Every call that changes a disk goes through this file, also
 * SQLite's: the n-th one can be the last thing that a child process does (killed, with half of a
 * write done), or the first that finds the disk full.
 *
 * A program that includes it has these calls in place of the C library's.
 */
#ifndef FAULTS_H
#define FAULTS_H
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum fault { FAULT_NONE, FAULT_KILL, FAULT_FULL };
#define FAULT_KILLED 99

static enum fault fault_kind;
static long fault_at, fault_steps;

/* True: the disk is full. */
static bool fault_step(bool takes_room)
{
	if (!fault_kind)
		return false;
	fault_steps++;
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

/* Run work in a child, with the fault at its n-th step: its exit code, FAULT_KILLED, or 255 when it
 * crashed. n beyond its steps: it ends as without a fault. */
static int fault_run(enum fault kind, long n, int (*work)(void))
{
	int status;
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		fault_kind = kind;
		fault_at = n;
		fault_steps = 0;
		int rc = work();
		fault_kind = FAULT_NONE;
		_exit(rc ? 1 : 0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		abort();
	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

/* Which steps to stop at: all of them with FAULTS_STRIDE=1 (tests/slow/faults.sh). */
static long fault_next(long n)
{
	const char *stride = getenv("FAULTS_STRIDE");
	long by = stride ? strtol(stride, NULL, 10) : 7;
	return n + (by > 0 ? by : 1);
}
#endif
