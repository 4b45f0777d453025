import type { EdgeUser } from './edge-team.ts'

export const julie: EdgeUser = { name: 'Julie Marchand', login: 'julie.marchand' }
export const karim: EdgeUser = { name: 'Karim Delorme', login: 'karim.delorme' }
export const nora: EdgeUser = { name: 'Nora Fairley', login: 'nora.fairley' }
export const peter: EdgeUser = { name: 'Peter Oakley', login: 'peter.oakley' }
export const lucy: EdgeUser = { name: 'Lucy Hale', login: 'lucy.hale' }
export const quoted: EdgeUser = { name: 'Zoé "Zaza" O’Hara <zoe>', login: 'zoe.ohara' }
export const unnamed: EdgeUser = { name: null, login: 'unnamed' }
export const unverified: EdgeUser = { name: 'Hugo Birch', login: 'hugo.birch', isUnverified: true }
export const gone: EdgeUser = { name: 'Deleted Owner', login: 'deleted.owner', isDeleted: true }
export const goneToo: EdgeUser = { name: 'Deleted Creator', login: 'deleted.creator', isDeleted: true }
