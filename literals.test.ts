import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type ESTree, parseSync, Visitor } from 'vite'
import { expect, it } from 'vitest'

/** The attributes whose text a person reads or hears. */
const spoken = new Set([
  'title',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'placeholder',
  'label',
  'alt',
])

/** Names, the same in every language. */
const names = new Set(['Vigie', '· Vigie', 'Message-ID', 'HTML'])

interface Literal {
  readonly text: string
  readonly start: number
}

/** The words that stand in the text of elements or in attributes that are read aloud, wherever in an expression. */
function findLiterals(file: string, source: string): Literal[] {
  const found: Literal[] = []
  const add = (text: string, start: number) => {
    const word = text.trim()
    if (/\p{Letter}/u.test(word) && !names.has(word)) found.push({ text: word, start })
  }
  const read = (value: ESTree.Expression | ESTree.JSXEmptyExpression): void => {
    switch (value.type) {
      case 'Literal':
        if (typeof value.value === 'string') add(value.value, value.start)
        return
      case 'TemplateLiteral':
        for (const quasi of value.quasis) add(quasi.value.cooked ?? '', quasi.start)
        return
      case 'ConditionalExpression':
        read(value.consequent)
        read(value.alternate)
        return
      case 'LogicalExpression':
        read(value.left)
        read(value.right)
    }
  }
  const readContainer = (child: ESTree.JSXChild | ESTree.JSXAttributeValue) => {
    if (child.type === 'JSXExpressionContainer') read(child.expression)
  }
  const { program, errors } = parseSync(file, source)
  expect(errors).toEqual([])
  new Visitor({
    JSXText: (node) => add(node.value, node.start),
    JSXElement: (node) => node.children.forEach(readContainer),
    JSXFragment: (node) => node.children.forEach(readContainer),
    JSXAttribute(node) {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : ''
      if (!spoken.has(name) || node.value === null) return
      if (node.value.type === 'Literal') add(node.value.value, node.value.start)
      else readContainer(node.value)
    },
  }).visit(program)
  return found
}

const renderer = path.resolve('src/renderer')

it('no word for a person stands in the code of the pages: all are in i18n/, in both languages', () => {
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'))
  expect(files.length).toBeGreaterThan(50)
  const literals = files.flatMap((file) => {
    const source = readFileSync(path.join(renderer, file), 'utf8')
    return findLiterals(file, source).map(
      ({ text, start }) => `${file}:${source.slice(0, start).split('\n').length} ${text}`,
    )
  })
  expect(literals).toEqual([])
})

it.each([
  ['<p>Hello</p>', 'Hello'],
  ['<p>{isOn ? "On now" : words.off}</p>', 'On now'],
  ['<p>{isOn && "On now"}</p>', 'On now'],
  [`<p>{\`\${count} projects\`}</p>`, 'projects'],
  ['<><b />Bonjour</>', 'Bonjour'],
  ['<input placeholder="Name" />', 'Name'],
  [`<a title={isOn ? \`At \${time}\` : undefined} />`, 'At'],
  ['<Field label={"Reason"} />', 'Reason'],
  ['<i aria-label="Close" />', 'Close'],
])('finds it in %s', (source, text) => {
  expect(findLiterals('planted.tsx', `const x = ${source}`).map((literal) => literal.text)).toEqual([text])
})

it.each(['<p className="muted">{words.x} · 12:00 {a}</p>', '<b>Vigie</b>', '<a href="#/projects">{name}</a>'])(
  'leaves alone %s',
  (source) => expect(findLiterals('planted.tsx', `const x = ${source}`)).toEqual([]),
)
