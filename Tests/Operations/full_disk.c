/* Loaded into a process under test (LD_PRELOAD), in front of the C library.

   A full disk: while the file $POOLEDFUND_TEST_FULL_MARK is there, no file below $POOLEDFUND_TEST_FULL_FOLDER can grow. What would make one grow
   is written in part, now and then, as on a real disk, or fails with ENOSPC.

   A wrong clock: the time of day is $POOLEDFUND_TEST_CLOCK_OFFSET seconds off. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static atomic_uint refusals;

/* The size of the file if it stands in the folder and the disk is full; -1 otherwise. */
static off_t size_if_full(int fd) {
    const char *mark = getenv("POOLEDFUND_TEST_FULL_MARK"), *folder = getenv("POOLEDFUND_TEST_FULL_FOLDER");
    if (!mark || !folder || access(mark, F_OK) != 0) return -1;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return -1;
    path[length] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0) return -1;
    struct stat status;
    return fstat(fd, &status) == 0 && S_ISREG(status.st_mode) ? status.st_size : -1;
}

/* How much of a write at `offset` there is room for. */
static size_t room(int fd, size_t count, off_t offset) {
    off_t size = size_if_full(fd);
    if (size < 0 || offset + (off_t)count <= size) return count;
    if (offset < size) return size - offset;
    return atomic_fetch_add(&refusals, 1) % 4 == 0 && count > 1 ? count / 2 : 0;
}

static off_t position(int fd) {
    off_t here = lseek(fd, 0, SEEK_CUR);
    return here < 0 ? 0 : here;
}

static int full(void) {
    errno = ENOSPC;
    return -1;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL(ssize_t, "write", int, const void *, size_t);
    size_t fits = count ? room(fd, count, position(fd)) : 0;
    return count && !fits ? full() : real(fd, bytes, fits);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
    size_t fits = count ? room(fd, count, offset) : 0;
    return count && !fits ? full() : real(fd, bytes, fits, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

ssize_t pwritev64(int fd, const struct iovec *parts, int partCount, off_t offset) {
    REAL(ssize_t, "pwritev64", int, const struct iovec *, int, off_t);
    size_t count = 0;
    for (int i = 0; i < partCount; i++) count += parts[i].iov_len;
    return room(fd, count, offset) < count ? full() : real(fd, parts, partCount, offset);
}

ssize_t pwritev(int fd, const struct iovec *parts, int partCount, off_t offset) { return pwritev64(fd, parts, partCount, offset); }

int ftruncate64(int fd, off_t length) {
    REAL(int, "ftruncate64", int, off_t);
    off_t size = size_if_full(fd);
    return size >= 0 && length > size ? full() : real(fd, length);
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int posix_fallocate64(int fd, off_t offset, off_t length) {
    REAL(int, "posix_fallocate64", int, off_t, off_t);
    off_t size = size_if_full(fd);
    return size >= 0 && offset + length > size ? ENOSPC : real(fd, offset, length);
}

int posix_fallocate(int fd, off_t offset, off_t length) { return posix_fallocate64(fd, offset, length); }

int fallocate64(int fd, int mode, off_t offset, off_t length) {
    REAL(int, "fallocate64", int, int, off_t, off_t);
    off_t size = size_if_full(fd);
    return size >= 0 && offset + length > size ? full() : real(fd, mode, offset, length);
}

int fallocate(int fd, int mode, off_t offset, off_t length) { return fallocate64(fd, mode, offset, length); }

int clock_gettime(clockid_t clock, struct timespec *time) {
    REAL(int, "clock_gettime", clockid_t, struct timespec *);
    int result = real(clock, time);
    const char *offset = getenv("POOLEDFUND_TEST_CLOCK_OFFSET");
    if (result == 0 && clock == CLOCK_REALTIME && offset) time->tv_sec += atoll(offset);
    return result;
}
