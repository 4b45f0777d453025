import { isbot } from 'isbot'

/** Who made a request, as far as its user agent says so. */
export const clientKinds = ['browser', 'program', 'bot', 'monitor', 'link_preview', 'unknown'] as const
export type ClientKind = (typeof clientKinds)[number]

/** Services that only look whether a site is up; each is a bot to isbot as well. */
const monitors =
  /uptime|pingdom|statuscake|site24x7|24x7|hetrixtools|freshping|updown\.io|cronitor|better ?(?:stack|uptime)|checkly|newrelicpinger|synthetic|datadog|nagios|zabbix|check_http|blackbox exporter|prometheus|kube-probe|googlehc|stackdriver|healthchecker|health-check|monitor\b|monitoring|montastic|nodeping|uptrends|dotcom-monitor|gatus|watchtowr/i

/** Programs that fetch a page once because somebody has posted its link. */
const linkPreviews =
  /facebookexternalhit|^facebot|twitterbot|linkedinbot|slackbot|slack-imgproxy|discordbot|telegrambot|whatsapp|skypeuripreview|pinterestbot|redditbot|iframely|embedly|vkshare|viber|mastodon|cardyb|snapchat|mattermost|googlechat|google-pagerenderer|preview\b|unfurl|linkexpand/i

const crawlers = /bots?\b|bot[/_ ;)]|crawl|spider|slurp|scan|archive|scrap|search|fetcher|indexer/i

/**
 * The kind of client that a user agent names. isbot tells browsers from everything else; of the rest, its names tell
 * monitors and link previews, and what neither pretends to be a browser nor calls itself a crawler is a program.
 */
export function clientKindOf(userAgent: string | null): ClientKind {
  // isbot's patterns take longer the longer the text is, and nothing after this says what it is.
  const name = userAgent?.slice(0, 500).trim() ?? ''
  if (name === '' || name === '-') return 'unknown'
  const looksLikeBrowser = /^(?:mozilla|opera)\//i.test(name)
  if (!isbot(name)) return looksLikeBrowser ? 'browser' : 'program'
  if (monitors.test(name)) return 'monitor'
  if (linkPreviews.test(name)) return 'link_preview'
  return looksLikeBrowser || crawlers.test(name) ? 'bot' : 'program'
}

/** {@link clientKindOf} with a memory of `maxNames` user agents: few of them make nearly all requests. */
export function createClientKinds(maxNames = 10_000): (userAgent: string | null) => ClientKind {
  const known = new Map<string, ClientKind>()
  return (userAgent) => {
    if (userAgent === null) return 'unknown'
    const found = known.get(userAgent)
    if (found !== undefined) return found
    const kind = clientKindOf(userAgent)
    if (known.size >= maxNames) known.clear()
    // A log's block of text would be kept alive by a slice of it.
    known.set(Buffer.from(userAgent).toString(), kind)
    return kind
  }
}
