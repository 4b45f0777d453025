import {
  IconAdjustments,
  IconFolders,
  IconLayoutDashboard,
  IconMail,
  IconMoonStars,
  IconServer2,
} from '@tabler/icons-react'
import { useLanguage } from '../i18n/language.tsx'
import { allMails, allProjects, formatRoute, type Route, sweepsStart } from '../route.ts'
import { Mark } from './mark.tsx'
import classes from './shell.module.css'

const places = [
  { route: { page: 'overview' }, icon: IconLayoutDashboard },
  { route: allProjects, icon: IconFolders },
  { route: sweepsStart, icon: IconMoonStars },
  { route: allMails, icon: IconMail },
  { route: { page: 'agents' }, icon: IconServer2 },
  { route: { page: 'policy' }, icon: IconAdjustments },
] as const satisfies readonly { route: Route; icon: unknown }[]

/** The places of the console, and the other language. */
export function Navigation({ page, version }: { page: Route['page']; version: string }) {
  const { language, words, setLanguage } = useLanguage()
  return (
    <nav className={classes.navigation} aria-label={words.shell.navigation}>
      <a className={classes.brand} href={formatRoute({ page: 'overview' })} aria-label="Vigie">
        <Mark />
        <span className={classes.brandName}>Vigie</span>
      </a>
      <ul className={classes.places}>
        {places.map(({ route, icon: Icon }) => (
          <li key={route.page}>
            <a
              className={classes.place}
              href={formatRoute(route)}
              aria-current={page === route.page ? 'page' : undefined}
            >
              <Icon size={18} stroke={1.7} aria-hidden={true} />
              <span>{words.shell[route.page]}</span>
            </a>
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <button
          type="button"
          className={classes.language}
          lang={language === 'en' ? 'fr' : 'en'}
          onClick={() => setLanguage(language === 'en' ? 'fr' : 'en')}
        >
          {words.shell.otherLanguage}
        </button>
        <span className={classes.version}>{words.shell.version(version)}</span>
      </div>
    </nav>
  )
}
