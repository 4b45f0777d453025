/** The words of the native parts: menus, notifications, boxes. The page has its own (renderer/i18n). */
export interface DesktopWords {
  readonly file: string
  readonly edit: string
  readonly view: string
  readonly window: string
  readonly help: string
  readonly about: string
  readonly connection: string
  readonly services: string
  readonly hide: string
  readonly hideOthers: string
  readonly unhide: string
  readonly quit: string
  readonly close: string
  readonly undo: string
  readonly redo: string
  readonly cut: string
  readonly copy: string
  readonly paste: string
  readonly selectAll: string
  readonly overview: string
  readonly projects: string
  readonly sweeps: string
  readonly mail: string
  readonly agents: string
  readonly policy: string
  readonly resetZoom: string
  readonly zoomIn: string
  readonly zoomOut: string
  readonly fullscreen: string
  readonly minimize: string
  readonly zoomWindow: string
  readonly front: string
  readonly notConnected: string
  readonly held: string
  readonly heldBody: (deactivated: number, disabled: number) => string
  readonly failed: (runId: number) => string
  readonly failedBody: string
  readonly finished: (runId: number) => string
  readonly moved: (deactivated: number, disabled: number) => string
}

const en: DesktopWords = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  about: 'About Vigie',
  connection: 'Change the Connection…',
  services: 'Services',
  hide: 'Hide Vigie',
  hideOthers: 'Hide Others',
  unhide: 'Show All',
  quit: 'Quit Vigie',
  close: 'Close Window',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select All',
  overview: 'Overview',
  projects: 'Projects',
  sweeps: 'Sweeps',
  mail: 'Mail',
  agents: 'Agents',
  policy: 'Policy',
  resetZoom: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  fullscreen: 'Full Screen',
  minimize: 'Minimise',
  zoomWindow: 'Zoom',
  front: 'Bring All to Front',
  notConnected: 'not connected',
  held: 'A sweep is held',
  heldBody: (deactivated, disabled) =>
    `It would put ${deactivated} to sleep and disable ${disabled}: look at it before it runs.`,
  failed: (runId) => `Run ${runId} failed`,
  failedBody: 'Look at what happened before the next one.',
  finished: (runId) => `Sweep ${runId} has finished`,
  moved: (deactivated, disabled) => `${deactivated} put to sleep, ${disabled} permanently disabled.`,
}

const fr: DesktopWords = {
  file: 'Fichier',
  edit: 'Édition',
  view: 'Affichage',
  window: 'Fenêtre',
  help: 'Aide',
  about: 'À propos de Vigie',
  connection: 'Changer de connexion…',
  services: 'Services',
  hide: 'Masquer Vigie',
  hideOthers: 'Masquer les autres',
  unhide: 'Tout afficher',
  quit: 'Quitter Vigie',
  close: 'Fermer la fenêtre',
  undo: 'Annuler',
  redo: 'Rétablir',
  cut: 'Couper',
  copy: 'Copier',
  paste: 'Coller',
  selectAll: 'Tout sélectionner',
  overview: 'Vue d’ensemble',
  projects: 'Projets',
  sweeps: 'Balayages',
  mail: 'Courriels',
  agents: 'Agents',
  policy: 'Règles',
  resetZoom: 'Taille réelle',
  zoomIn: 'Agrandir',
  zoomOut: 'Réduire',
  fullscreen: 'Plein écran',
  minimize: 'Réduire la fenêtre',
  zoomWindow: 'Réduire/agrandir',
  front: 'Tout ramener au premier plan',
  notConnected: 'non connecté',
  held: 'Balayage retenu',
  heldBody: (deactivated, disabled) =>
    `Mises en sommeil : ${deactivated}, désactivations : ${disabled}. À examiner avant qu’il ne s’exécute.`,
  failed: (runId) => `L’exécution ${runId} a échoué`,
  failedBody: 'Regardez ce qui s’est passé avant la prochaine.',
  finished: (runId) => `Le balayage ${runId} est terminé`,
  moved: (deactivated, disabled) => `Mis en sommeil : ${deactivated}, désactivés définitivement : ${disabled}.`,
}

/** The words for the first of these languages (BCP 47) that Vigie speaks; English if it speaks none. */
export function desktopWords(languages: readonly string[]): DesktopWords {
  const first = languages.find((tag) => /^(en|fr)\b/i.test(tag)) ?? 'en'
  return /^fr\b/i.test(first) ? fr : en
}
