/* Loaded before the system's library: while the file that BROKEN_DISK names is there, the disk refuses to sync the log
   of the embedded database, as one does that is dying. Everything else is handed on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int refuses(int file)
{
    const char *sign = getenv("BROKEN_DISK");
    char link[64], name[4096];
    if (!sign || access(sign, F_OK) != 0)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, name, sizeof name);
    return length > 4 && memcmp(name + length - 4, "-wal", 4) == 0;
}

static int sync_by(const char *call, int file)
{
    int (*system_call)(int) = (int (*)(int))dlsym(RTLD_NEXT, call);
    if (refuses(file)) {
        errno = EIO;
        return -1;
    }
    return system_call(file);
}

int fsync(int file) { return sync_by("fsync", file); }
int fdatasync(int file) { return sync_by("fdatasync", file); }
