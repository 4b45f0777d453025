import type { inferRouterOutputs } from '@trpc/server'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import type { AppRouter } from '../../main/rpc/contract.ts'

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export type Outputs = inferRouterOutputs<AppRouter>
export type Status = Outputs['status']
export type MailData = Outputs['mail']['get']
