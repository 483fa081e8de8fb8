/*
 * The server that ours is measured against: 4over6 as a C program usually does it. An epoll loop, one read and one write for each packet,
 * nothing gathered. What a server must do, it does: framing of any chunking, checks of length and source, heartbeats, no waiting for a slow
 * client.
 *
 *     classic-server PORT TUN-NAME NETWORK      (NETWORK: 13.9.0.0; clients get 13.9.0.2 and upwards)
 */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>

#include "tunnel.h"

enum { MOST_CLIENTS = 2048, FIRST_ADDRESS = 2, SEND_EVERY = 20, DEAD_AFTER = 60 };
enum { TUN = MOST_CLIENTS, LISTENER };

struct client {
  int socket;
  int has_address;
  uint32_t have; /* Bytes of the message in front; the header of the next one may stand behind it. */
  uint8_t in[LONGEST_MESSAGE + HEADER];
  uint32_t rest; /* Bytes of a message that did not fit into the socket whole. */
  uint8_t out[LONGEST_MESSAGE];
  time_t sent, heard;
};

static struct client *clients[MOST_CLIENTS];
static int poll_set, tun, listener;
static uint32_t network;

static void watch(int operation, int file, uint32_t events, uint32_t who) {
  struct epoll_event event = {.events = events, .data.u32 = who};
  if (epoll_ctl(poll_set, operation, file, &event) < 0) die("epoll_ctl");
}

static time_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
  return time.tv_sec;
}

static void drop_client(uint32_t who) {
  close(clients[who]->socket);
  free(clients[who]);
  clients[who] = NULL;
}

/* Sends a message whole, or not at all. What the socket does not take is sent when it has room again. */
static void send_message(uint32_t who, const uint8_t *message, uint32_t length) {
  struct client *client = clients[who];
  if (client->rest > 0) return;
  ssize_t sent = write(client->socket, message, length);
  if (sent < 0) {
    if (errno != EAGAIN && errno != EINTR) drop_client(who);
    return;
  }
  if (sent == length) return;
  client->rest = length - sent;
  memcpy(client->out, message + sent, client->rest);
  watch(EPOLL_CTL_MOD, client->socket, EPOLLIN | EPOLLOUT, who);
}

static void send_rest(uint32_t who) {
  struct client *client = clients[who];
  ssize_t sent = write(client->socket, client->out, client->rest);
  if (sent < 0) return;
  client->rest -= sent;
  memmove(client->out, client->out + sent, client->rest);
  if (client->rest == 0) watch(EPOLL_CTL_MOD, client->socket, EPOLLIN, who);
}

static void from_tun(void) {
  static uint8_t message[HEADER + 65535];
  ssize_t length = read(tun, message + HEADER, sizeof message - HEADER);
  if (length < 0 || length > LONGEST_PACKET || !is_ipv4(message + HEADER, length)) return;
  uint32_t destination;
  memcpy(&destination, message + HEADER + 16, 4);
  uint32_t who = ntohl(destination) - network - FIRST_ADDRESS;
  if (who >= MOST_CLIENTS || clients[who] == NULL || !clients[who]->has_address) return;
  put_header(message, HEADER + length, INTERNET_RESPONSE);
  send_message(who, message, HEADER + length);
}

static void grant(uint32_t who) {
  uint8_t message[HEADER + 128];
  struct in_addr address = {htonl(network + FIRST_ADDRESS + who)};
  int length = snprintf((char *)message + HEADER, sizeof message - HEADER, "%s 0.0.0.0 192.0.2.53 192.0.2.53 192.0.2.53", inet_ntoa(address));
  put_header(message, HEADER + length, IP_RESPONSE);
  clients[who]->has_address = 1;
  send_message(who, message, HEADER + length);
}

static void forward(uint32_t who, const uint8_t *packet, uint32_t length) {
  if (!clients[who]->has_address || !is_ipv4(packet, length)) return;
  uint32_t source;
  memcpy(&source, packet + 12, 4);
  if (ntohl(source) != network + FIRST_ADDRESS + who) return;
  if (write(tun, packet, length) < 0 && errno == EBADFD) die("write to TUN");
}

static void handle(uint32_t who, const uint8_t *message, uint32_t length) {
  switch (message[4]) {
    case IP_REQUEST:
      grant(who);
      break;
    case INTERNET_REQUEST:
      forward(who, message + HEADER, length - HEADER);
      break;
    case HEARTBEAT:
      clients[who]->heard = now();
      break;
  }
}

/* One read: the rest of the message in front and the header of the next one, so that each further message costs one read too. */
static void from_client(uint32_t who) {
  struct client *client = clients[who];
  uint32_t want = HEADER;
  if (client->have >= HEADER) want = length_of(client->in) + HEADER;
  ssize_t got = read(client->socket, client->in + client->have, want - client->have);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) return drop_client(who);
  client->have += got;
  while (client->have >= HEADER) {
    uint32_t length = length_of(client->in);
    if (length < HEADER || length > LONGEST_MESSAGE) return drop_client(who);
    if (client->have < length) return;
    handle(who, client->in, length);
    if (clients[who] != client) return;
    client->have -= length;
    memcpy(client->in, client->in + length, client->have);
  }
}

static void accept_client(void) {
  int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (socket < 0) return;
  for (uint32_t who = 0; who < MOST_CLIENTS; who++) {
    if (clients[who] != NULL) continue;
    clients[who] = calloc(1, sizeof *clients[who]);
    if (clients[who] == NULL) die("calloc");
    clients[who]->socket = socket;
    clients[who]->sent = clients[who]->heard = now();
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    watch(EPOLL_CTL_ADD, socket, EPOLLIN, who);
    return;
  }
  close(socket);
}

static void heartbeats(void) {
  uint8_t message[HEADER];
  put_header(message, HEADER, HEARTBEAT);
  for (uint32_t who = 0; who < MOST_CLIENTS; who++) {
    struct client *client = clients[who];
    if (client == NULL) continue;
    if (now() - client->heard > DEAD_AFTER) drop_client(who);
    else if (client->has_address && now() - client->sent >= SEND_EVERY) {
      client->sent = now();
      send_message(who, message, HEADER);
    }
  }
}

static int listen_on(uint16_t port) {
  int file = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
  setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
  if (bind(file, (struct sockaddr *)&address, sizeof address) < 0 || listen(file, 511) < 0) die("listen");
  return file;
}

int main(int count, char **words) {
  struct in_addr address;
  if (count != 4 || inet_aton(words[3], &address) == 0) {
    fprintf(stderr, "classic-server PORT TUN-NAME NETWORK\n");
    return 2;
  }
  network = ntohl(address.s_addr);
  poll_set = epoll_create1(EPOLL_CLOEXEC);
  tun = open_tun(words[2]);
  listener = listen_on(atoi(words[1]));
  watch(EPOLL_CTL_ADD, tun, EPOLLIN, TUN);
  watch(EPOLL_CTL_ADD, listener, EPOLLIN, LISTENER);
  puts("listening");
  fflush(stdout);

  time_t looked = now();
  for (;;) {
    struct epoll_event events[64];
    int ready = epoll_wait(poll_set, events, 64, 1000);
    for (int i = 0; i < ready; i++) {
      uint32_t who = events[i].data.u32;
      if (who == TUN) from_tun();
      else if (who == LISTENER) accept_client();
      else {
        if (clients[who] != NULL && events[i].events & EPOLLOUT) send_rest(who);
        if (clients[who] != NULL && events[i].events & ~EPOLLOUT) from_client(who);
      }
    }
    if (now() != looked) {
      looked = now();
      heartbeats();
    }
  }
}
