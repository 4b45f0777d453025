import { escapeHtml } from './clean-text.ts'
import type { Message, MessageProject } from './message.ts'

/** The plain-text part: what the HTML says, in the same order. */
export function layOutText(messages: readonly Message[]): string {
  return `${messages.map(textOf).join('\n\n----------------------------------------\n\n')}\n`
}

function textOf(message: Message): string {
  const projects = message.projects.map(
    ({ name, detail, url, action }) =>
      `- ${name}\n  ${detail}${url === null ? '' : `\n  ${url}`}${action === null ? '' : `\n  ${action.label}: ${action.url}`}`,
  )
  return [
    message.heading,
    message.opening,
    ...(projects.length > 0 ? [projects.join('\n')] : []),
    ...message.sections.map(({ title, text }) => `${title}\n${text}`),
    ...(message.action === null ? [] : [`${message.action.label}: ${message.action.url}`]),
    message.closing,
  ].join('\n\n')
}

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
const body = `${font}font-size:15px;line-height:22px;color:#1f2933;`
const small = `${font}font-size:13px;line-height:20px;color:#52606d;`

/** For mail programs: nested tables and inline styles, as they render no more than that; nothing is loaded from afar. */
export function layOutHtml(messages: readonly Message[], subject: string): string {
  const language = messages[0]?.language ?? 'en'
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(subject)}</title></head>`,
    '<body style="margin:0;padding:0;background-color:#f3f4f6;">',
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f3f4f6;">',
    '<tr><td align="center" style="padding:24px 12px;">',
    '<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" ',
    'style="width:100%;max-width:600px;background-color:#ffffff;border:1px solid #e4e7eb;">',
    messages
      .map(htmlOf)
      .join('<tr><td style="border-top:1px solid #e4e7eb;font-size:0;line-height:0;">&nbsp;</td></tr>'),
    '</table></td></tr></table></body></html>\n',
  ].join('')
}

function htmlOf(message: Message): string {
  const { language, heading, opening, projects, sections, action, closing } = message
  return [
    `<tr><td lang="${language}" style="padding:28px 32px;">`,
    `<h1 style="margin:0 0 16px 0;${font}font-size:20px;line-height:28px;font-weight:600;color:#1f2933;">${escapeHtml(heading)}</h1>`,
    `<p style="margin:0 0 16px 0;${body}">${escapeHtml(opening)}</p>`,
    projects.length > 0 ? projectTable(projects) : '',
    ...sections.map(
      ({ title, text }) =>
        `<p style="margin:0 0 16px 0;${body}"><strong>${escapeHtml(title)}</strong><br>${escapeHtml(text)}</p>`,
    ),
    action === null
      ? ''
      : '<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px 0;"><tr>' +
        '<td style="background-color:#2f5d8a;border-radius:4px;">' +
        `<a href="${escapeHtml(action.url)}" style="display:inline-block;padding:10px 18px;${font}font-size:15px;color:#ffffff;text-decoration:none;">${escapeHtml(action.label)}</a></td></tr></table>`,
    `<p style="margin:0;${small}">${escapeHtml(closing)}</p>`,
    '</td></tr>',
  ].join('')
}

function projectTable(projects: readonly MessageProject[]): string {
  const rows = projects.map(({ name, detail, url, action }) => {
    const shown = escapeHtml(name)
    const title = url === null ? shown : `<a href="${escapeHtml(url)}" style="color:#2f5d8a;">${shown}</a>`
    const link =
      action === null
        ? ''
        : `<br><a href="${escapeHtml(action.url)}" style="${small}color:#2f5d8a;">${escapeHtml(action.label)}</a>`
    return `<tr><td style="padding:8px 0;border-top:1px solid #e4e7eb;${body}"><strong>${title}</strong><br><span style="${small}">${escapeHtml(detail)}</span>${link}</td></tr>`
  })
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px 0;">${rows.join('')}</table>`
}
