import { english } from './counting.ts'

const { count } = english

/** Which database the desktop works on: the first question, and the way back to it. */
export const enConnection = {
  firstTitle: 'Where should Vigie look?',
  firstLead: 'Nothing has been started yet. You can change this later in the menu.',
  changeTitle: 'Change the connection',
  changeLead: 'The present connection stays until another one is open.',
  passwordTitle: 'The password is needed again',
  passwordLead: 'It was not kept, or can’t be read any more on this machine. The rest is as you chose it.',
  back: 'Back without a change',
  opening: 'One moment…',
  language: 'Language',
  sampleTitle: 'Look around on sample data',
  sampleText: 'A made-up platform in a database of Vigie’s own, on this machine. Nobody’s projects, no mail leaves.',
  sample: 'Use the sample data',
  openingSample: 'Preparing the sample data, which may take half a minute…',
  platformTitle: 'Connect to a platform’s database',
  platformText: 'Vigie only looks until you act. Testing writes nothing.',
  fields: {
    host: 'Hostname or address',
    port: 'Port',
    database: 'Database',
    user: 'User',
    password: 'Password',
    tlsMode: 'Encryption (TLS)',
  },
  tlsModes: {
    'verify-full': 'Encrypted, server verified (verify-full)',
    require: 'Weak: encrypted, server not verified (require)',
    disable: 'Weak: not encrypted (disable)',
  },
  tlsHints: {
    'verify-full': 'The server’s certificate must be trusted and carry this hostname.',
    require: 'Weak: anybody on the way could pose as the server and read the password.',
    disable: 'Weak: password and data are readable on the way. For a server on this machine only.',
  },
  kept: 'The password is kept encrypted by this system’s keyring.',
  notKept:
    'This system has no keyring to protect the password: Vigie knows it until it ends, and asks again next time.',
  problems: {
    missing: 'Fill this in.',
    'no-host': 'Only the hostname or address, without port or path, such as db.example.',
    'no-port': 'A number from 1 to 65535; PostgreSQL’s own is 5432.',
    control: 'There is a line break or another invisible character in it.',
    'too-long': 'This is too long.',
    'only-loopback': 'Unencrypted only to this machine (localhost). Choose an encrypted mode.',
  },
  test: 'Test the connection',
  testing: 'Testing…',
  use: 'Use this database',
  usingIt: 'Opening…',
  works: 'The connection works',
  fails: 'The connection does not work',
  server: (version: string) => `PostgreSQL ${version} answers.`,
  levels: {
    empty: 'The database is empty: check that it is the right one.',
    bare: 'It is a platform’s database without Vigie: run “vigie migrate” on it before work begins.',
    outdated: 'It was prepared by an older Vigie: run “vigie migrate” on it before work begins.',
    ready: 'It is a platform’s database, ready for this Vigie.',
  },
  writable: 'It takes changes.',
  readOnly: 'It is read-only (a replica, or set so): you can look, not act.',
  sameTime: 'Its clock agrees with this machine’s.',
  ahead: (seconds: number) =>
    `Its clock is ${count(seconds, 'second', 'seconds')} ahead of this machine’s; its time counts.`,
  behind: (seconds: number) =>
    `Its clock is ${count(seconds, 'second', 'seconds')} behind this machine’s; its time counts.`,
  failures: {
    'unknown-hostname': 'Nobody knows this hostname. Check its spelling, and whether you need a VPN.',
    refused: 'The machine refused the connection at this port. Check the port, and that PostgreSQL runs there.',
    silent: 'The server does not answer. Check the address, the firewall, and whether you need a VPN.',
    'no-tls': 'The server broke off when encryption was to begin. Check that it takes TLS, and that the port is right.',
    'certificate-name': 'The server’s certificate is for another name. Use the hostname that it carries.',
    'certificate-date': 'The server’s certificate is not valid today. Have it renewed, and check this machine’s clock.',
    'certificate-issuer':
      'This machine does not trust who issued the server’s certificate. Have the issuer added to the system, or name it in NODE_EXTRA_CA_CERTS.',
    password: 'The server refused the password. Check the user and the password.',
    login:
      'The server does not let this user in from here. Check the user, and the server’s access rules (pg_hba.conf).',
    'no-database': 'The server has no database of this name. Check the name.',
    'no-right': 'This user may not read Vigie’s or the platform’s tables. Ask an administrator for the right.',
    'not-a-platform': 'This is not a platform’s database that Vigie knows. Check that it is the right one.',
    'too-old': 'This PostgreSQL is too old. Vigie needs version 14 or newer.',
    other: 'The database can’t be used. Copy the details for whoever looks after it.',
  },
  change: 'Change the connection',
  environment:
    'This console takes its database from its environment. Set DATABASE_URL=postgresql://user:password@hostname:5432/database where it is started, and start it again.',
}
