import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { belongsToDeployment } from './belongs-to-deployment.ts'

const deployment = { slug: 'shop', deploymentId: '0123456789abcdef', deployDomain: 'apps.example' }
const hostname = 'shop-id-0123456.apps.example'
const withRule = (rule: string, name = 'traefik.http.routers.deployment-1.rule') =>
  belongsToDeployment({ 'traefik.enable': 'true', [name]: rule }, deployment)

describe('a container', () => {
  it.each([
    `Host(\`${hostname}\`)`,
    `Host(\`${hostname.toUpperCase()}\`)`,
    `Host("${hostname}")`,
    `Host(\`other.example\`) || Host(\`${hostname}\`)`,
    `Host(\`other.example\`, \`${hostname}\`) && PathPrefix(\`/\`)`,
  ])('with the rule %s is the deployment’s', (rule) => expect(withRule(rule)).toBe(true))

  it.each([
    '',
    hostname,
    `Host(\`www.${hostname}\`)`,
    `Host(\`${hostname}.evil.example\`)`,
    'Host(`shop-id-9999999.apps.example`)',
    'Host(`shop2-id-0123456.apps.example`)',
    `!Host(\`${hostname}\`)`,
    `Host(\`a.example\`) && !Host(\`${hostname}\`)`,
    `HostRegexp(\`${hostname}\`)`,
    `PathPrefix(\`${hostname}\`)`,
    `Host(\`${hostname}`,
  ])('with the rule %s is not', (rule) => expect(withRule(rule)).toBe(false))

  it('is told by the rules of HTTP routers alone, and by nothing where the project has no slug', () => {
    expect(withRule(`Host(\`${hostname}\`)`, 'traefik.tcp.routers.x.rule')).toBe(false)
    expect(withRule(`Host(\`${hostname}\`)`, 'traefik.http.middlewares.x.rule')).toBe(false)
    expect(withRule(`Host(\`${hostname}\`)`, 'not.traefik.http.routers.x.rule')).toBe(false)
    const labels = { 'traefik.http.routers.x.rule': 'Host(`-id-0123456.apps.example`)' }
    expect(belongsToDeployment(labels, { ...deployment, slug: '' })).toBe(false)
    expect(belongsToDeployment(labels, { ...deployment, slug: null })).toBe(false)
  })

  it('with any labels that do not name the hostname is nobody’s, and no label makes it fail', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), fc.string(), (labels, rule) => {
        const all = { ...labels, 'traefik.http.routers.x.rule': `Host(\`${rule}\`)` }
        const isNamed = Object.values(all).some((text) => text.toLowerCase().includes(hostname))
        if (!isNamed) expect(belongsToDeployment(all, deployment)).toBe(false)
      }),
    )
  })
})
