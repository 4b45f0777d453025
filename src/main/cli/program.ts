import { Command, CommanderError } from 'commander'
import { VigieError } from '../../core/errors.ts'
import { readVersion } from '../version.ts'
import { addAgentCommand } from './agent-command.ts'
import { type Answer, answerError, exitCodes } from './answer.ts'
import { addConsoleCommand } from './console-command.ts'
import { addDoctorCommand } from './doctor-command.ts'
import { addEdgeCommands } from './edge-commands.ts'
import { addExclusionCommands } from './exclusion-commands.ts'
import { addExemptCommands } from './exempt-commands.ts'
import { addHoldCommands } from './hold-commands.ts'
import { addIntakeCommands } from './intake-commands.ts'
import { addMailCommands } from './mail-commands.ts'
import { addNoteCommands } from './note-commands.ts'
import { addPolicyCommands } from './policy-commands.ts'
import { addPrepareCommands } from './prepare-commands.ts'
import { addProjectCommands } from './project-commands.ts'
import { addProjectsCommand } from './projects-command.ts'
import { addRunCommands } from './run-commands.ts'
import type { Process } from './session.ts'
import { addSweepCommands } from './sweep-commands.ts'

/** Where answers go. */
export interface Output {
  readonly stdout: (text: string) => void
  /** Standard output for what is long: resolves when more may be written. */
  readonly write: (text: string) => Promise<void>
  readonly stderr: (text: string) => void
}

/** How a command is added: its handler gets the parsed words and returns what to say. */
export type Handle = (command: Command, handler: (command: Command) => Promise<Answer>) => void

/**
 * Runs the command line and returns the exit code. With `--json` exactly one JSON object is written to standard output,
 * whatever happens.
 */
export async function runCommandLine(argv: readonly string[], process: Process, output: Output): Promise<number> {
  const isJson = argv.includes('--json')
  let answer: Answer | undefined
  const program = new Command('vigie')
    .description('Watches a platform’s projects, puts the unvisited ones to sleep and wakes them up.')
    .version(readVersion())
    // Otherwise the --reason of "sweep" would take that of "sweep revert".
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.stdout(text),
      // With --json the refusal is the JSON object; commander's own text would say it twice.
      writeErr: (text) => (isJson ? undefined : output.stderr(text)),
    })
  const handle: Handle = (command, handler) => {
    command
      .option('--json', 'answer with one JSON object')
      .exitOverride()
      .action(async () => {
        answer = await handler(command)
      })
  }
  addPrepareCommands(program, handle, process, output)
  addDoctorCommand(program, handle, process)
  addSweepCommands(program, handle, process)
  addHoldCommands(program, handle, process)
  addIntakeCommands(program, handle, process)
  addEdgeCommands(program, handle, process)
  addRunCommands(program, handle, process)
  addProjectCommands(program, handle, process)
  addProjectsCommand(program, handle, process, output)
  addNoteCommands(program, handle, process)
  addMailCommands(program, handle, process)
  addPolicyCommands(program, handle, process)
  addExclusionCommands(program, handle, process)
  addExemptCommands(program, handle, process)
  addConsoleCommand(program, handle, process, output)
  addAgentCommand(program, handle, process, output)

  try {
    await program.parseAsync([...argv], { from: 'user' })
    if (answer === undefined) return exitCodes.done
    if (isJson) {
      if (answer.json !== undefined) output.stdout(`${JSON.stringify(answer.json)}\n`)
    } else if (answer.text !== '') output.stdout(`${answer.text}\n`)
    return answer.exitCode ?? exitCodes.done
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done
    const refusal = answerError(error instanceof CommanderError ? usageError(error) : error)
    if (isJson) output.stdout(`${JSON.stringify(refusal.json)}\n`)
    else if (!(error instanceof CommanderError)) output.stderr(`${refusal.text}\n`)
    return refusal.exitCode
  }
}

function usageError(error: CommanderError): VigieError {
  const sentence = error.message
    .replace(/^error: /, '')
    .replace(/\n/g, ' ')
    .replace(/\.$/, '')
  return new VigieError('USAGE', `${sentence}. See “vigie --help”.`)
}
