import type { Command } from 'commander'
import { type Edge, listEdges, retireEdge } from '../../core/routing/edges.ts'
import { printable } from './answer.ts'
import { addEnrolledCommands, describeState } from './enrolled-commands.ts'
import type { Handle } from './program.ts'
import type { Process } from './session.ts'

/** `edge list|retire`: where sleeping projects are blocked, and what need not be waited for any more. */
export function addEdgeCommands(program: Command, handle: Handle, process: Process): void {
  addEnrolledCommands(program, handle, process, {
    word: 'edge',
    descriptions: {
      group: 'where sleeping projects are blocked',
      list: 'list the directories of Traefik’s, those that are enrolled first',
      retire: 'wait no more for an edge that is gone for good',
    },
    list: listEdges,
    describe: describeEdge,
    noneText: 'No edge was ever enrolled.',
    retire: (app, edgeId, reason) => retireEdge(app, { edgeId, reason }),
  })
}

function describeEdge(edge: Edge): string {
  const { id, machine, directory, reconciledAt, blocked, outOfStep, error } = edge
  const facts = [
    ...(blocked > 0 ? [`blocks ${blocked}`] : []),
    ...(outOfStep > 0 ? [`${outOfStep} out of step`] : []),
    ...(error === null ? [] : [printable(error.message)]),
  ]
  const place = `${printable(directory)} on ${printable(machine)}`
  return [id, place, describeState({ ...edge, heardAt: reconciledAt }), ...facts].join('  ')
}
