import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, useState } from 'react'
import { ConnectionGate } from './connection/connection-gate.tsx'
import { createQueryClient } from './data/query-client.ts'
import { TRPCProvider } from './data/trpc.ts'
import { LanguageProvider } from './i18n/language.tsx'
import { createRpcClient } from './rpc/client.ts'
import { DatabaseGate } from './shell/database-gate.tsx'
import { Shell } from './shell/shell.tsx'
import { readStyleNonce } from './ui/style-nonce.ts'
import { theme } from './ui/theme.ts'
import { themeMemory } from './ui/theme-choices.ts'

/** The console, with all that its parts share. */
export function App() {
  const [client] = useState(createRpcClient)
  const [queryClient] = useState(createQueryClient)
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={themeMemory}
        getStyleNonce={readStyleNonce}
      >
        <LanguageProvider>
          <QueryClientProvider client={queryClient}>
            <TRPCProvider trpcClient={client} queryClient={queryClient}>
              <ConnectionGate>
                <DatabaseGate>{(status) => <Shell status={status} />}</DatabaseGate>
              </ConnectionGate>
            </TRPCProvider>
          </QueryClientProvider>
        </LanguageProvider>
      </MantineProvider>
    </StrictMode>
  )
}
