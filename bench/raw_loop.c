/* raw_loop PORT BYTES: what bench/raw_loop.py does, compiled: on a byte from a writer, send BYTES bytes to all readers of
 * its room, and a byte back. A connection says `r1` or `w1` and a newline first: reader or writer of room 1. */

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOMS = 256, READERS = 4096, FILES = 65536, EVENTS = 64 };

static int readers[ROOMS][READERS], count[ROOMS], room_of[FILES];

static int listening(int port) {
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(port)};
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&here, sizeof here) || listen(listener, 1024)) exit(1);
  return listener;
}

static void watch(int epoll, int file) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = file};
  epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event);
}

static void greet(int epoll, int listener) {
  char role[16] = "";
  int on = 1, file = accept(listener, NULL, NULL);
  if (file < 0 || file >= FILES || recv(file, role, sizeof role - 1, 0) < 2) exit(1);
  int room = atoi(role + 1);
  if (room < 0 || room >= ROOMS || count[room] == READERS) exit(1);
  setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (role[0] == 'r') {
    readers[room][count[room]++] = file;
  } else {
    room_of[file] = room;
    watch(epoll, file);
  }
  send(file, "!", 1, 0);
}

static void spread(int writer, const char *frame, size_t size) {
  char heard[100];
  if (recv(writer, heard, sizeof heard, 0) <= 0) {
    close(writer);
    return;
  }
  int room = room_of[writer];
  for (int n = 0; n < count[room]; n++) send(readers[room][n], frame, size, MSG_DONTWAIT | MSG_NOSIGNAL);
  send(writer, ".", 1, MSG_NOSIGNAL);
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  size_t size = strtoul(argv[2], NULL, 10);
  char *frame = malloc(size);
  int listener = listening(atoi(argv[1])), epoll = epoll_create1(0);
  memset(frame, 'x', size);
  watch(epoll, listener);
  puts("ready");
  fflush(stdout);
  for (;;) {
    struct epoll_event events[EVENTS];
    int ready = epoll_wait(epoll, events, EVENTS, -1);
    for (int n = 0; n < ready; n++) {
      if (events[n].data.fd == listener) greet(epoll, listener);
      else spread(events[n].data.fd, frame, size);
    }
  }
}
