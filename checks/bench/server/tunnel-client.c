/*
 * The client of both servers. It must not be what limits them, so it does what costs least: it reads from the TUN device until that is empty and
 * writes all of it to the socket at once, and it reads from the socket as much as there is. While the socket is full it leaves the TUN device
 * alone: packets wait in the kernel, and whoever sends them waits too.
 *
 *     tunnel-client ADDRESS PORT TUN-NAME       prints the IPv4 address that the server has lent it, and goes on until it is killed
 */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

#include "tunnel.h"

enum { BUFFER = 512 * 1024, SEND_EVERY = 20 };

static int server, tun;

static struct {
  uint8_t bytes[BUFFER];
  size_t from, to;
} in, out;

static int connect_to(const char *host, uint16_t port) {
  struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
  if (inet_pton(AF_INET6, host, &address.sin6_addr) != 1) die(host);
  int file = socket(AF_INET6, SOCK_STREAM, 0);
  if (connect(file, (struct sockaddr *)&address, sizeof address) < 0) die("connect");
  setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
  return file;
}

static void read_exactly(uint8_t *bytes, size_t length) {
  for (size_t have = 0; have < length;) {
    ssize_t got = read(server, bytes + have, length - have);
    if (got <= 0) die("read from server");
    have += got;
  }
}

static void ask_for_address(void) {
  uint8_t request[HEADER], response[LONGEST_MESSAGE];
  put_header(request, HEADER, IP_REQUEST);
  if (write(server, request, HEADER) != HEADER) die("write to server");
  read_exactly(response, HEADER);
  uint32_t length = length_of(response);
  if (response[4] != IP_RESPONSE || length > LONGEST_MESSAGE) die("no address granted");
  read_exactly(response + HEADER, length - HEADER);
  int address_length = 0;
  while (address_length < (int)length - HEADER && response[HEADER + address_length] != ' ') address_length++;
  printf("%.*s\n", address_length, response + HEADER);
  fflush(stdout);
}

static void send_out(void) {
  ssize_t sent = write(server, out.bytes + out.from, out.to - out.from);
  if (sent < 0 && errno != EAGAIN) die("write to server");
  if (sent > 0) out.from += sent;
  if (out.from == out.to) out.from = out.to = 0;
}

static void from_tun(void) {
  while (out.to + LONGEST_MESSAGE <= BUFFER) {
    uint8_t *message = out.bytes + out.to;
    ssize_t length = read(tun, message + HEADER, LONGEST_PACKET);
    if (length < 0) break;
    if (!is_ipv4(message + HEADER, length)) continue;
    put_header(message, HEADER + length, INTERNET_REQUEST);
    out.to += HEADER + length;
  }
  if (out.to > out.from) send_out();
}

static void from_server(void) {
  ssize_t got = read(server, in.bytes + in.to, BUFFER - in.to);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) die("read from server");
  in.to += got;
  while (in.to - in.from >= HEADER) {
    uint8_t *message = in.bytes + in.from;
    uint32_t length = length_of(message);
    if (length < HEADER || length > LONGEST_MESSAGE) die("bad message");
    if (in.to - in.from < length) break;
    if (message[4] == INTERNET_RESPONSE && write(tun, message + HEADER, length - HEADER) < 0 && errno != EIO) die("write to TUN");
    in.from += length;
  }
  memmove(in.bytes, in.bytes + in.from, in.to - in.from);
  in.to -= in.from;
  in.from = 0;
}

static void heartbeat(void) {
  static time_t sent;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  if (now.tv_sec - sent < SEND_EVERY || out.to + HEADER > BUFFER) return;
  sent = now.tv_sec;
  put_header(out.bytes + out.to, HEADER, HEARTBEAT);
  out.to += HEADER;
  send_out();
}

int main(int count, char **words) {
  if (count != 4) {
    fprintf(stderr, "tunnel-client ADDRESS PORT TUN-NAME\n");
    return 2;
  }
  tun = open_tun(words[3]);
  server = connect_to(words[1], atoi(words[2]));
  ask_for_address();
  fcntl(server, F_SETFL, O_NONBLOCK);
  for (;;) {
    int full = out.to > out.from;
    struct pollfd files[] = {{.fd = server, .events = full ? POLLIN | POLLOUT : POLLIN}, {.fd = full ? -1 : tun, .events = POLLIN}};
    if (poll(files, 2, 1000) < 0 && errno != EINTR) die("poll");
    if (files[0].revents & POLLOUT) send_out();
    if (files[0].revents & ~POLLOUT) from_server();
    if (files[1].revents) from_tun();
    heartbeat();
  }
}
