/** A failure that a person can do something about: what is wrong, and what to do. */

export class SetupProblem extends Error {
  /**
   * @param {string} message what is wrong, one line
   * @param {string} remedy what to do about it, one line
   */
  constructor(message, remedy) {
    super(message);
    this.name = 'SetupProblem';
    this.remedy = remedy;
  }
}

/**
 * The problem behind an error of the file system, or the error itself if it is none that a person can mend.
 * @param {unknown} error
 * @param {string} doing what was being done, as in "unpacking the wheel"
 */
export function problemOf(error, doing) {
  if (error instanceof SetupProblem) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new SetupProblem(`the disk is full (while ${doing})`, 'Free some space and start again.');
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new SetupProblem(
      `${error.path ?? 'a folder'} cannot be written (while ${doing})`,
      'Give yourself write access to it, or move the checkout.',
    );
  return error;
}

/**
 * Runs a script's main function. A problem is told in two lines, anything else with its stack; both exit with 1.
 * @param {() => Promise<number | void>} main gives the exit code, 0 if none
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    const text = error instanceof SetupProblem ? `${error.message}\n${error.remedy}` : error?.stack;
    process.stderr.write(`\n${text ?? error}\n`);
  }
}
