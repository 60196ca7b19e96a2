/** Source 5: a TensorFlow library that the person names in $DIGIT_STUDIO_LIBTENSORFLOW; the binding is compiled here. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SetupProblem } from '../lib/problem.mjs';
import { compileBinding } from './compile-binding.mjs';
import { bringLibraries } from './libraries.mjs';

const LAYOUTS =
  'It must hold lib/ and include/ (as libtensorflow) or libtensorflow_cc and include/ (as a wheel).';

export const givenFolderSource = {
  name: '$DIGIT_STUDIO_LIBTENSORFLOW',
  bytes: () => 1e9,
  async prepare(machine, staging) {
    const given = machine.env.DIGIT_STUDIO_LIBTENSORFLOW;
    if (!given)
      throw new SetupProblem(
        'it is not set',
        'Set it to a folder with a TensorFlow library, if you have one.',
      );
    const folder = resolve(given);
    if (!existsSync(folder)) throw new SetupProblem(`there is no folder ${folder}`, 'Correct the path.');
    // A wheel keeps everything in a folder `tensorflow`, which itself may be what is named.
    const base = existsSync(join(folder, 'tensorflow/include')) ? join(folder, 'tensorflow') : folder;
    const include = join(base, 'include');
    if (!existsSync(join(include, 'tensorflow/c/c_api.h')))
      throw new SetupProblem(`${folder} holds no include/tensorflow/c/c_api.h`, LAYOUTS);
    bringLibraries(machine, existsSync(join(base, 'lib')) ? join(base, 'lib') : base, staging);
    await compileBinding(machine, staging, include);
    return { source: `folder ${folder}` };
  },
};
