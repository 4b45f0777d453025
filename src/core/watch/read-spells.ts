import type { Database } from '../context.ts'
import type { BlindSpell } from './deadline.ts'

/** When nobody watched, in its order; the function in the database says what counts (migrations/functions/blind-spells.sql). */
export function readSpells(sql: Database): Promise<BlindSpell[]> {
  return sql<BlindSpell[]>`
    select b.spell_from as "from", case when b.spell_to < now() then b.spell_to end as "to"
    from vigie.blind_spells() b order by b.spell_from`
}
