-- Words of the sample's names. Everybody in it is composed of two lists and has an address under a domain that is
-- reserved for examples (RFC 2606); so has every hostname.
create function pg_temp.first_name(id bigint) returns text language sql immutable as $$
  select pg_temp.one_of('{Adèle,Alice,Amélie,Anaïs,Aurélie,Camille,Chloé,Claire,Élodie,Émile,Étienne,Fabien,Florent,
    François,Gaël,Guillaume,Hélène,Hugo,Inès,Jérôme,Julien,Juliette,Léa,Loïc,Lucie,Margaux,Mathieu,Noémie,Océane,Rémi,
    Sébastien,Solène,Théo,Zoé,Abigail,Adam,Audrey,Benjamin,Charlotte,Daniel,Eleanor,Emma,Ethan,Grace,Hannah,Isaac,James,
    Jessica,Katherine,Liam,Lucy,Martha,Nathan,Oliver,Patrick,Rebecca,Samuel,Sophie,Thomas,Violet,William}', id, 11)
$$;
create function pg_temp.last_name(id bigint) returns text language sql immutable as $$
  select pg_temp.one_of('{Beauchamp,Belmont,Bréhat,Chastaing,Clairval,Dauphin,Delorme,Desnoyers,Dubreuil,Fontanel,
    Gaillac,Grandpré,Hautecœur,Jolivet,Labrousse,Lagarde,Lamarche,Leclos,Maisonneuve,Marchand,Montclair,Noirot,Pellerin,
    Peyrac,Rochefort,Sauvage,Tournelle,Valmont,Vaucelles,Verdier,Ashdown,Barrow,Birch,Blackwood,Carver,Dale,Eastwood,
    Fairley,Farrow,Fenwick,Garland,Hale,Harding,Hollis,Kestrel,Langley,Marlow,Merriman,Northcott,Oakley,Penrose,Quill,
    Ridley,Sparrow,Thorne,Underhill,Wexford,Whitlock,Winslow,Yardley}', id, 12)
$$;
create function pg_temp.mail_domain(id bigint) returns text language sql immutable as $$
  select pg_temp.one_of('{example.com,example.com,example.org,example.net}', id, 13)
$$;
create function pg_temp.team_noun(n bigint) returns text language sql immutable as $$
  select pg_temp.one_of('{Acacia,Alizé,Amande,Ardoise,Aubépine,Balise,Bleuet,Boussole,Brindille,Cabane,Cascade,Cerisier,
    Colibri,Coquelicot,Corail,Écluse,Églantine,Escale,Falaise,Fougère,Galet,Genêt,Girouette,Hirondelle,Horizon,Lavande,
    Lichen,Marée,Mésange,Mimosa,Ocre,Orage,Pervenche,Phare,Pollen,Ricochet,Sillage,Tandem,Tourmaline,Vigne,Amber,Anchor,
    Beacon,Birchwood,Canopy,Cedar,Clover,Compass,Drift,Ember,Fern,Flint,Garnet,Harbour,Heron,Indigo,Juniper,Kite,Lantern,
    Maple,Meadow,Nimbus,Orchard,Otter,Paper,Pebble,Quarry,Raven,River,Saffron,Sparrow,Thistle,Timber,Tundra,Velvet,
    Willow,Wren,Yarrow,Zephyr}', n, 14)
$$;
create function pg_temp.team_name(n bigint, noun text, owner_first_name text) returns text language sql immutable as $$
  select replace(replace(pg_temp.one_of('{"Atelier *","Studio *","Maison *","Collectif *","Agence *","Coopérative *",
    "Les amis de *","Librairie *","* Labs","* Studio","* & Co","The * Club","* Works","* Design","Project *","*",
    "Équipe de @","Projets de @","@’s team","@’s projects"}', n, 15), '*', noun), '@', owner_first_name)
$$;
-- 61 kinds and a prime: consecutive places of a team never meet the same one twice before the 61st.
create function pg_temp.project_kind(n bigint, place integer) returns text language sql immutable as $$
  select ('{accueil,admin,agenda,annuaire,api,app,archives,assets,billetterie,blog,booking,boutique,bot,brand,calendar,
    campaign,cantine,carnet,carte,catalogue,changelog,chat,cms,contact,cookbook,courses,dashboard,demo,docs,events,
    facture,forms,forum,galerie,gallery,guide,handbook,intranet,inventory,jobs,journal,kiosk,landing,library,mentions,
    menu,newsletter,photos,planning,playground,podcast,portfolio,preview,recettes,reports,shop,site,stats,status,
    vitrine,wiki}'::text[])[1 + ((hashint8extended(n, 16) & 1073741823) + place * 7) % 61]
$$;
-- Why somebody was woken, in the words of the people who did it.
create function pg_temp.waking_reason(n bigint) returns text language sql immutable as $$
  select pg_temp.one_of('{"The customer shows it to an investor on Monday.","Asked for by phone, back from parental leave.",
    "Ticket 4127: the site is used once a month for the newsletter.","Demo for a school on Thursday.",
    "The owner did not see the mail in time.","Seasonal shop, opens again next week.",
    "They are about to change to a paid plan.","Needed for an exhibition until the end of the month.",
    "Le client présente le projet cette semaine.","Demande reçue par courriel, propriétaire de retour de congés.",
    "Site saisonnier, la saison reprend.","Le mail était parti dans les indésirables.",
    "Projet d’étudiants, soutenance vendredi.","Passage au plan payant prévu ce mois-ci.",
    "L’association en a besoin pour son assemblée générale.","Réveil demandé par téléphone, ticket 3980."}', n, 17)
$$;
