/*
 * Lets the disk fail at a chosen moment. Calls that change files below LVLIN_FAULT_FOLDER are counted;
 * at call number LVLIN_FAULT_AT the process is killed in the middle of it (LVLIN_FAULT_DO=kill),
 * or this and every later one fails (eio, enospc) until the file LVLIN_FAULT_FOLDER/disk-is-well appears.
 * Without LVLIN_FAULT_AT they fail while the file LVLIN_FAULT_FOLDER/disk-is-bad is there.
 * How many there were is left in LVLIN_FAULT_COUNT at the end.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;
static long fault_at = -1;
static int fault_errno; /* 0: kill */
static char folder[512];
static char well[600];
static char bad[600];
static size_t folder_length;

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("LVLIN_FAULT_AT"), *what = getenv("LVLIN_FAULT_DO"), *where = getenv("LVLIN_FAULT_FOLDER");
  if (!where) return;
  snprintf(folder, sizeof folder, "%s/", where);
  snprintf(well, sizeof well, "%s/disk-is-well", where);
  snprintf(bad, sizeof bad, "%s/disk-is-bad", where);
  folder_length = strlen(folder);
  if (at) fault_at = atol(at);
  if (what && !strcmp(what, "eio")) fault_errno = EIO;
  if (what && !strcmp(what, "enospc")) fault_errno = ENOSPC;
  /* The bot refuses settings that it does not know. */
  unsetenv("LVLIN_FAULT_FOLDER");
  unsetenv("LVLIN_FAULT_DO");
  unsetenv("LVLIN_FAULT_AT");
}

__attribute__((destructor)) static void end(void) {
  const char *file = getenv("LVLIN_FAULT_COUNT");
  FILE *out = file && *file ? fopen(file, "w") : NULL;
  if (!out) return;
  fprintf(out, "%ld", (long)calls);
  fclose(out);
}

static int is_path_ours(const char *path) {
  return folder_length > 0 && strncmp(path, folder, folder_length) == 0;
}

static int is_ours(int fd) {
  char link[64], path[1024];
  if (folder_length == 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_path_ours(path);
}

/* 0: go on; 1: it fails, errno is set; 2: do half of it, then die. */
static int fate(int ours) {
  if (!ours) return 0;
  long call = atomic_fetch_add(&calls, 1) + 1;
  if (fault_at < 0 && (fault_errno == 0 || access(bad, F_OK) != 0)) return 0;
  if (call < fault_at) return 0;
  if (fault_errno == 0) return call == fault_at ? 2 : 0;
  if (access(well, F_OK) == 0) return 0;
  errno = fault_errno;
  return 1;
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  int now = fate(is_ours(fd));
  if (now == 1) return -1;
  if (now == 2) { REAL(pwrite64)(fd, data, size / 2, at); die(); }
  return REAL(pwrite64)(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  return pwrite64(fd, data, size, at);
}

ssize_t write(int fd, const void *data, size_t size) {
  int now = fate(is_ours(fd));
  if (now == 1) return -1;
  if (now == 2) { REAL(write)(fd, data, size / 2); die(); }
  return REAL(write)(fd, data, size);
}

/* A full disk fails when it is written to, not when it is synced, cut or cleared. */
#define CHANGING(name, ours, declared, given)          \
  int name declared {                                  \
    int now = fate(ours);                              \
    if (now == 1 && fault_errno != ENOSPC) return -1;  \
    if (now == 2) die();                               \
    return REAL(name) given;                           \
  }

CHANGING(fdatasync, is_ours(fd), (int fd), (fd))
CHANGING(fsync, is_ours(fd), (int fd), (fd))
CHANGING(ftruncate, is_ours(fd), (int fd, off_t size), (fd, size))
CHANGING(ftruncate64, is_ours(fd), (int fd, off64_t size), (fd, size))
CHANGING(unlink, is_path_ours(path), (const char *path), (path))
CHANGING(rename, is_path_ours(to), (const char *from, const char *to), (from, to))
