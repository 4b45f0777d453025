import type { MailStatus } from '../../core/mail/outbox.ts'
import type { MailTemplate } from '../../core/mail/templates/mail-facts.ts'
import { french } from './counting.ts'
import type { enMail } from './en-mail.ts'

const { count, number } = french

const status: Record<MailStatus, string> = {
  queued: 'En file',
  sent: 'Envoyé',
  failed: 'Échoué',
  dead: 'Abandonné',
  cancelled: 'Annulé',
  digested: 'Regroupé',
}

const statusHint: Record<MailStatus, string> = {
  queued: 'Attend d’être envoyé',
  sent: 'Accepté par un serveur de courriel, ou déposé dans le dossier',
  failed: 'Refusé pour de bon ; n’est plus essayé de lui-même',
  dead: 'Abandonné après le dernier essai ; n’est plus essayé de lui-même',
  cancelled: 'Non envoyé : il n’était plus vrai, ou quelqu’un l’a annulé',
  digested: 'Raconté par un courriel groupé, qui porte sur plusieurs projets',
}

const template: Record<MailTemplate, string> = {
  'project-disabled': 'Mise en sommeil',
  'project-permanently-disabled': 'Désactivation définitive',
  'project-disabled-digest': 'Groupé : mises en sommeil',
  'project-permanently-disabled-digest': 'Groupé : désactivations définitives',
  'project-warning': 'Avertissement avant sommeil',
  'project-reactivated': 'Réactivation',
}

export const frMail: typeof enMail = {
  list: 'Courriels',
  title: 'Courriel',
  close: 'Fermer le courriel',
  filter: 'Courriels par état',
  all: 'Tous',
  status,
  statusHint,
  template,
  columns: {
    status: 'État',
    to: 'À',
    what: 'Annonce',
    project: 'Projet',
    when: 'Mis en file',
    attempts: 'Essais',
    answer: 'Dernière réponse',
  },
  atLeast: (mails) => `${number(mails)} ou plus`,
  several: 'plusieurs',
  projectGone: 'n’existe plus',
  empty: 'Aucun courriel n’est dans cet état.',
  emptyOutbox:
    'Aucun courriel n’a encore été mis en file. Les balayages en créent un pour chaque projet mis en sommeil ou désactivé.',
  toPreview: 'Voir ce que ferait le prochain balayage',
  showAll: 'Montrer tous les courriels',
  keys: 'Haut et bas pour se déplacer, Entrée pour ouvrir, Échap pour fermer',
  targetServer: 'Les courriels partent par',
  targetFolder: 'Aucun serveur de courriel n’est défini : les courriels sont déposés dans',
  targetHint: 'Selon la configuration de ce Vigie. Un agent sur une autre machine peut en avoir une autre.',
  nobodySends: (mails) =>
    `${mails} en file, et aucun agent n’envoie de courriels pour le moment. Lancez « vigie agent ».`,
  retryDead: (mails) => `Renvoyer les abandonnés (${mails})`,
  retryDeadHint: 'Ils sont remis en file avec tous leurs essais. Ce qui n’est plus vrai est annulé, non envoyé.',
  retriedDead: (mails) =>
    mails === 0
      ? 'Plus aucun courriel n’était abandonné.'
      : `${count(mails, 'courriel est remis', 'courriels sont remis')} en file.`,
  number: (id) => `Courriel ${id}`,
  outcome: 'Ce qu’il est devenu',
  state: {
    waiting: 'Il attend d’être envoyé.',
    waitingUntil: (when) => `Il attend d’être envoyé, à partir du ${when}.`,
    putOff: (attempts, when) =>
      `Il a été essayé ${number(attempts)} fois et n’a pas été accepté. Le prochain essai est le ${when}.`,
    sending: 'Il est en cours d’envoi.',
    sent: (when) => `Un serveur de courriel l’a accepté le ${when}.`,
    captured: (when) => `Il a été déposé dans le dossier le ${when}. Aucun serveur de courriel ne l’a reçu.`,
    failed: (when) => `Il a été refusé le ${when}. Il n’est plus essayé de lui-même.`,
    dead: (when, attempts) =>
      `Il a été abandonné le ${when}, après ${count(attempts, 'essai', 'essais')}. Il n’est plus essayé de lui-même.`,
    cancelled: (when) => `Il a été annulé le ${when} et n’est pas envoyé.`,
    digested: 'Un courriel groupé le raconte ; il n’est pas envoyé seul.',
  },
  openDigest: (id) => `Ouvrir le courriel groupé ${id}`,
  answer: 'La dernière réponse',
  retry: 'Renvoyer',
  retryEffect: (address) =>
    `Il est remis en file avec tous ses essais, et envoyé à ${address} dès qu’un expéditeur le prend. S’il n’est plus vrai d’ici là, il est annulé.`,
  tryNow: 'Essayer maintenant',
  tryNowEffect: (address) => `Il n’attend plus son prochain essai : il est envoyé à ${address} tout de suite.`,
  cancel: 'Annuler ce courriel',
  cancelEffect: (address) => `Il ne sera alors pas envoyé, ni remis en file : ${address} ne sera pas prévenu.`,
  cancelDigestEffect: (address) =>
    `Le courriel groupé et tout ce qu’il raconte ne seront alors pas envoyés, ni remis en file : ${address} ne sera pas prévenu.`,
  working: 'Un instant…',
  readOnly: 'La base est en lecture seule : rien ne peut être renvoyé ni annulé ici.',
  facts: 'Détails',
  from: 'De',
  to: 'À',
  queuedAt: 'Mis en file le',
  endedAt: 'Terminé le',
  sweep: 'Balayage',
  attempts: 'Essais',
  asSent: 'Tel qu’il a été envoyé la dernière fois',
  asItWouldBe: 'Tel qu’il serait envoyé maintenant',
  views: 'Afficher en',
  text: 'Texte',
  frame: 'Le courriel tel que son destinataire le voit',
  inert: 'Les liens ne mènent nulle part ici.',
  subject: 'Objet',
  nothing: 'Il n’y a rien à montrer.',
  nothingHint: {
    gone: 'Ce qu’il raconte n’existe plus.',
    letGo: 'Les textes des courriels ne sont gardés qu’un certain temps.',
  },
  timeline: 'Courriels',
  inDigest: 'dans un courriel groupé',
}
