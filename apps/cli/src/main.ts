import { CommanderError } from 'commander';
import { exitCodes, languageOf, reportError } from './output.js';
import { keziProgram } from './program.js';

const language = languageOf(process.env);

try {
  await keziProgram(language).parseAsync();
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  else process.exitCode = reportError(error, language);
}
