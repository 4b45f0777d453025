import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientKindOf, clientKinds, createClientKinds } from './client-kind.ts'

const examples = {
  browser: [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0',
  ],
  program: [
    'curl/8.5.0',
    'python-requests/2.31.0',
    'Go-http-client/1.1',
    'okhttp/4.9',
    'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    'GitHub-Hookshot/044aadd',
    'MyApp/1.0 CFNetwork/1494 Darwin/23',
  ],
  bot: [
    'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
    'Googlebot/2.1 (+http://www.google.com/bot.html)',
    'Scrapy/2.11 (+https://scrapy.org)',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0 Safari/537.36',
  ],
  monitor: [
    'Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)',
    'Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)',
    'Uptime-Kuma/1.23.0',
    'Blackbox Exporter/0.24.0',
    'kube-probe/1.29',
    'check_http/v2.3.3 (nagios-plugins 2.3.3)',
  ],
  link_preview: [
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'Twitterbot/1.0',
    'WhatsApp/2.23.20.0',
    'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  ],
  unknown: ['', '  ', '-', null],
} as const

describe('the kind of a client', () => {
  const cases = clientKinds.flatMap((kind) => examples[kind].map((userAgent) => [userAgent, kind] as const))
  it.each(cases)('%s is a %s', (userAgent, kind) => expect(clientKindOf(userAgent)).toBe(kind))

  it('is one of them, whatever a client calls itself, and the same when it is remembered', () => {
    const kindOf = createClientKinds(3)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (userAgent) => {
        const kind = clientKindOf(userAgent)
        expect(clientKinds).toContain(kind)
        expect([kindOf(userAgent), kindOf(userAgent)]).toEqual([kind, kind])
      }),
    )
  })
})
