/* Makes every disk sync take LVLIN_SYNC_DELAY_MS longer, as on a plain disk of a cheap server. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_a_little(void) {
  const char *text = getenv("LVLIN_SYNC_DELAY_MS");
  long ms = text ? atol(text) : 0;
  struct timespec delay = {ms / 1000, (ms % 1000) * 1000000L};
  if (ms > 0) nanosleep(&delay, 0);
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  wait_a_little();
  return real(fd);
}

int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  wait_a_little();
  return real(fd);
}
