// The answers of the API that the pages read (docs/api.md), and what the modules of the pages pass to each other.

type Method = "password" | "totp" | "recovery-code" | "passkey";

interface Device {
  browser: string | null;
  system: string | null;
}

interface Me {
  userId: string;
  email: string;
  emailVerified: boolean;
  newEmail: string | null;
  hasPassword: boolean;
  factors: string[];
  recoveryCodesLeft: number;
  session: Device;
  next?: string;
}

interface LiveSession extends Device {
  id: string;
  ip: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  current: boolean;
  applications: SessionApplication[];
}

interface SessionApplication {
  id: string;
  name: string;
  openedAt: string;
}

interface PastSession extends Device {
  ip: string;
  endedAt: string;
  reason: string;
}

interface RememberedDevice extends Device {
  lastSignInAt: string;
}

interface DeviceList {
  sessions: LiveSession[];
  ended: PastSession[];
  remembered: RememberedDevice[];
}

interface ActivityEntry extends Device {
  at: string;
  kind: string;
  count: number;
  ip: string | null;
  reason: string | null;
  detail: string | null;
  method: string | null;
}

interface ListedPasskey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
  synced: boolean;
}

interface Answer {
  status: number;
  ok: boolean;
  /** The JSON of the answer; null when there is none. */
  body: any;
  /** In seconds. */
  retryAfter: number;
  /** Whether the user closed the dialog of a step-up. */
  cancelled?: boolean;
}

/** What a passkey has signed, as the API takes it. */
interface PasskeyProof {
  challenge: string;
  credential: object;
}

/** What was typed already, so that a step-up does not ask for it again. */
interface Typed {
  email?: string;
  password?: string;
}

/** Makes a call, with a step-up where it needs one. Null when the page is gone or the user has cancelled. */
type Act = (make: () => Promise<Answer>, typed?: Typed) => Promise<Answer | null>;

/** The account page, as its sections see it. */
interface AccountPage {
  me: () => Me;
  act: Act;
  /** Reads the account again, after a change. */
  refresh: () => Promise<Me>;
  ended: (reason: string | null) => void;
}

/** A section of the account page. */
interface Section {
  fragment: DocumentFragment;
  shown?: () => unknown;
  close?: () => void;
}

interface Window {
  /** The scripts of zxcvbn-ts add to it. */
  zxcvbnts: {
    core: { ZxcvbnFactory: new (options: object) => import("../wwwroot/assets/strength.js").Estimator };
    "language-common": { dictionary: object; adjacencyGraphs: object };
  };
}
