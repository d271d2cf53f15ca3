// Has one system call on files go wrong. Tests compile it, and preload it into the command.
//
// OFFRAMP_FAULT says what happens at which call: `fail:7` has the seventh one fail, `kill:7` ends the process
// before it, and `short:7` has the seventh write write half of what it should. Only calls on OFFRAMP_FAULT_FOLDER
// and on what is below it are counted; the one that was struck is named in the file OFFRAMP_FAULT_LOG.

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls, writes;

// The function that a call would have reached without this library.
#define ORIGINAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static bool is_counted(const char *path)
{
    const char *folder = getenv("OFFRAMP_FAULT_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    return length > 0 && path && strncmp(path, folder, length) == 0
        && (path[length] == '/' || path[length] == '\0');
}

static void tell(const char *call, const char *path, int code)
{
    const char *log = getenv("OFFRAMP_FAULT_LOG");
    int file = log ? ORIGINAL(open)(log, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (file < 0) return;
    dprintf(file, "%s\n%s\n%s\n", call, path, strerror(code));
    ORIGINAL(close)(file);
}

// Whether this call is the one that `mode` is for.
static bool is_struck(const char *mode, const char *call, const char *path, int code, long number)
{
    const char *fault = getenv("OFFRAMP_FAULT");
    size_t length = strlen(mode);
    if (!fault || strncmp(fault, mode, length) != 0 || fault[length] != ':') return false;
    if (atol(fault + length + 1) != number) return false;
    tell(call, path, code);
    return true;
}

// Counts a call; whether it must fail.
static bool fails(const char *call, const char *path, int code)
{
    if (!is_counted(path)) return false;
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (is_struck("kill", call, path, code, number)) kill(getpid(), SIGKILL);
    return is_struck("fail", call, path, code, number);
}

// The path of an open file; empty if it has none.
static const char *path_of(int file, char path[4096])
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, 4095);
    path[length < 0 ? 0 : length] = '\0';
    return path;
}

#define FAIL_AT(path, code, result)    \
    if (fails(__func__, path, code)) { \
        errno = code;                  \
        return result;                 \
    }

#define FAIL_IN(file, code, result)    \
    char path[4096];                   \
    FAIL_AT(path_of(file, path), code, result)

#define OPEN(name)                                                \
    int name(const char *file, int flags, ...)                    \
    {                                                             \
        va_list rest;                                             \
        va_start(rest, flags);                                    \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                             \
        FAIL_AT(file, EMFILE, -1)                                 \
        return ORIGINAL(name)(file, flags, mode);                 \
    }

OPEN(open)
OPEN(open64)

ssize_t write(int file, const void *bytes, size_t count)
{
    char path[4096];
    bool counts = is_counted(path_of(file, path));
    if (counts && is_struck("short", __func__, path, 0, atomic_fetch_add(&writes, 1) + 1))
        count = (count + 1) / 2;
    FAIL_AT(path, ENOSPC, -1)
    return ORIGINAL(write)(file, bytes, count);
}

int fsync(int file)
{
    FAIL_IN(file, EIO, -1)
    return ORIGINAL(fsync)(file);
}

int flock(int file, int operation)
{
    FAIL_IN(file, ENOLCK, -1)
    return ORIGINAL(flock)(file, operation);
}

int fchmod(int file, mode_t mode)
{
    FAIL_IN(file, EPERM, -1)
    return ORIGINAL(fchmod)(file, mode);
}

void *mmap(void *start, size_t length, int protection, int flags, int file, off_t offset)
{
    if (file >= 0) {
        FAIL_IN(file, ENOMEM, MAP_FAILED)
    }
    return ORIGINAL(mmap)(start, length, protection, flags, file, offset);
}

// As Linux does: the file is closed all the same.
int close(int file)
{
    char path[4096];
    bool failing = fails(__func__, path_of(file, path), EIO);
    int status = ORIGINAL(close)(file);
    if (failing) errno = EIO;
    return failing ? -1 : status;
}

int rename(const char *old, const char *new)
{
    FAIL_AT(new, EIO, -1)
    return ORIGINAL(rename)(old, new);
}

int link(const char *old, const char *new)
{
    FAIL_AT(new, EPERM, -1)
    return ORIGINAL(link)(old, new);
}

int unlink(const char *file)
{
    FAIL_AT(file, EIO, -1)
    return ORIGINAL(unlink)(file);
}

int mkdir(const char *folder, mode_t mode)
{
    FAIL_AT(folder, EACCES, -1)
    return ORIGINAL(mkdir)(folder, mode);
}

int rmdir(const char *folder)
{
    FAIL_AT(folder, EIO, -1)
    return ORIGINAL(rmdir)(folder);
}

DIR *opendir(const char *folder)
{
    FAIL_AT(folder, EMFILE, NULL)
    return ORIGINAL(opendir)(folder);
}

int stat(const char *file, struct stat *status)
{
    FAIL_AT(file, EIO, -1)
    return ORIGINAL(stat)(file, status);
}

int fstat(int file, struct stat *status)
{
    FAIL_IN(file, EIO, -1)
    return ORIGINAL(fstat)(file, status);
}

char *realpath(const char *file, char *resolved)
{
    FAIL_AT(file, EIO, NULL)
    return ORIGINAL(realpath)(file, resolved);
}

int access(const char *file, int mode)
{
    FAIL_AT(file, EIO, -1)
    return ORIGINAL(access)(file, mode);
}
