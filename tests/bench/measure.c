/*
 * measure - run a command and say what it cost: "wall SECONDS cpu SECONDS peak KIB exit CODE" on
 * descriptor 3 if it is open, else on standard error. Ends as the command did.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	struct timespec start, stop;
	struct rusage used;
	int status;
	if (argc < 2) {
		fputs("Usage: measure COMMAND [WORD...]\n", stderr);
		return 2;
	}
	clock_gettime(CLOCK_MONOTONIC, &start);
	pid_t child = fork();
	if (child == 0) {
		close(3);
		execvp(argv[1], argv + 1);
		perror(argv[1]);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &used) != child) {
		perror("measure");
		return 1;
	}
	clock_gettime(CLOCK_MONOTONIC, &stop);
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	FILE *out = fdopen(3, "w");
	if (!out)
		out = stderr;
	fprintf(out, "wall %.3f cpu %.3f peak %ld exit %d\n",
		(double)(stop.tv_sec - start.tv_sec) + (double)(stop.tv_nsec - start.tv_nsec) / 1e9,
		seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss, code);
	return code;
}
