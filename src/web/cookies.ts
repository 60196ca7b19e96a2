/** The session cookie. Browsers send cookies of one host to all its ports, so its name carries the port. */

export function cookieName(port: number): string {
  return `digit-studio-${port}`;
}

/** The `Set-Cookie` value: not for scripts, and never sent with a request that another site causes. */
export function sessionCookie(port: number, session: string): string {
  return `${cookieName(port)}=${session}; HttpOnly; SameSite=Strict; Path=/`;
}

/** The session in a request's `Cookie` header, if it names one. */
export function sessionFrom(port: number, header: string | undefined): string | undefined {
  const prefix = `${cookieName(port)}=`;
  const found = header?.split(';').find((part) => part.trim().startsWith(prefix));
  return found?.trim().slice(prefix.length);
}
