/*
 * Writes down in LVLIN_DIARY, in order, what is done to the files below LVLIN_FAULT_FOLDER: every write with its bytes,
 * every cut, and every sync when it begins and when it has ended. From this a test can make the disk as it would be
 * if the power went at any moment (disk-diary.ts).
 * An entry: operation, length of the path, sync number or offset, length of the data, path, data.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

static int diary = -1;
static char folder[512];
static size_t folder_length;
static uint64_t syncs;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
  const char *where = getenv("LVLIN_FAULT_FOLDER"), *file = getenv("LVLIN_DIARY");
  if (!where || !file) return;
  snprintf(folder, sizeof folder, "%s/", where);
  folder_length = strlen(folder);
  diary = open(file, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

/* The path of the file where it is one of ours. */
static int ours(int fd, char *path, size_t size) {
  char link[64];
  if (diary < 0 || fd == diary) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, size - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, folder, folder_length) == 0;
}

static void note(char operation, const char *path, uint64_t number, const void *data, uint32_t size) {
  struct __attribute__((packed)) { char operation; uint16_t path; uint64_t number; uint32_t size; } head = {
      operation, (uint16_t)strlen(path), number, size};
  struct iovec parts[] = {{&head, sizeof head}, {(void *)path, head.path}, {(void *)data, size}};
  pthread_mutex_lock(&turn);
  if (writev(diary, parts, size > 0 ? 3 : 2) < 0) abort();
  pthread_mutex_unlock(&turn);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  char path[1024];
  ssize_t done = REAL(pwrite64)(fd, data, size, at);
  if (done > 0 && ours(fd, path, sizeof path)) note('W', path, (uint64_t)at, data, (uint32_t)done);
  return done;
}

ssize_t write(int fd, const void *data, size_t size) {
  char path[1024];
  int is_ours = ours(fd, path, sizeof path);
  off_t at = is_ours ? lseek(fd, 0, SEEK_CUR) : 0;
  ssize_t done = REAL(write)(fd, data, size);
  if (done > 0 && is_ours) note('W', path, (uint64_t)at, data, (uint32_t)done);
  return done;
}

int ftruncate64(int fd, off64_t size) {
  char path[1024];
  int result = REAL(ftruncate64)(fd, size);
  if (result == 0 && ours(fd, path, sizeof path)) note('T', path, (uint64_t)size, 0, 0);
  return result;
}

int unlink(const char *path) {
  int result = REAL(unlink)(path);
  if (result == 0 && diary >= 0 && strncmp(path, folder, folder_length) == 0) note('U', path, 0, 0, 0);
  return result;
}

static int noted_sync(int fd, int (*real)(int)) {
  char path[1024];
  if (!ours(fd, path, sizeof path)) return real(fd);
  uint64_t number = __atomic_add_fetch(&syncs, 1, __ATOMIC_SEQ_CST);
  note('B', path, number, 0, 0);
  int result = real(fd);
  if (result == 0) note('E', path, number, 0, 0);
  return result;
}

int fdatasync(int fd) { return noted_sync(fd, REAL(fdatasync)); }
int fsync(int fd) { return noted_sync(fd, REAL(fsync)); }
