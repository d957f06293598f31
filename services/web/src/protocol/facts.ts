// Written by `npm run generate` from docs/. Do not edit.

export const RIGHTS = {
  "openAuction": [
    "commissioner"
  ],
  "nextLot": [
    "commissioner",
    "admin"
  ],
  "placeBid": [
    "commissioner",
    "admin",
    "bidder"
  ],
  "setMaximum": [
    "commissioner",
    "admin",
    "bidder"
  ],
  "hammer": [
    "commissioner",
    "admin",
    "bidder",
    "spectator"
  ],
  "passLot": [
    "commissioner",
    "admin"
  ],
  "undoBid": [
    "commissioner",
    "admin"
  ],
  "resetLot": [
    "commissioner",
    "admin"
  ],
  "resetClock": [
    "commissioner",
    "admin"
  ],
  "pause": [
    "commissioner",
    "admin"
  ],
  "resume": [
    "commissioner",
    "admin"
  ],
  "setAutoNext": [
    "commissioner",
    "admin"
  ],
  "closeAuction": [
    "commissioner"
  ],
  "reopenAuction": [
    "commissioner"
  ],
  "sendChat": [
    "commissioner",
    "admin",
    "bidder",
    "spectator"
  ],
  "getState": [
    "commissioner",
    "admin",
    "bidder",
    "spectator"
  ],
  "whoIsHere": [
    "commissioner",
    "admin",
    "bidder",
    "spectator"
  ],
  "ping": [
    "commissioner",
    "admin",
    "bidder",
    "spectator"
  ]
} as const;

export const CHAT_CHARS = 2000 as const;

export const HIGHEST_CENTS = 100000000000 as const;

export const SHORTEST_PAUSE_MS = 1000 as const;

export const LONGEST_PAUSE_MS = 600000 as const;

export const REPLIES = [
  "accepted",
  "refused",
  "event",
  "chat",
  "chat_sent",
  "state",
  "presence",
  "pong"
] as const;
