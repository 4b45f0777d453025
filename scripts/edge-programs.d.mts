export function findEdgeProgram(
  name: 'caddy' | 'nginx',
  env: Readonly<Record<string, string | undefined>>,
): string | null
