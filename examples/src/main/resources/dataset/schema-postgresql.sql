-- The gazetteer: territories of the world, what is spoken and paid with in them, and what they are called elsewhere.
-- Codes are keys where a standard gives them; rows without a code of their own have a number.
-- Tables stand in the order in which they can be filled.

CREATE TABLE region (
    code        varchar(3)   PRIMARY KEY,
    name        varchar(100) NOT NULL,
    parent_code varchar(3)   REFERENCES region
);

CREATE TABLE script (
    code          varchar(4)   PRIMARY KEY,
    name          varchar(100) NOT NULL,
    right_to_left boolean,
    has_case      boolean,
    sample        varchar(8)
);

CREATE TABLE language (
    code        varchar(12)  PRIMARY KEY,
    name        varchar(100) NOT NULL,
    native_name varchar(100),
    script_code varchar(4)   REFERENCES script
);

CREATE TABLE locale (
    tag           varchar(12)  PRIMARY KEY,
    name          varchar(100) NOT NULL,
    language_code varchar(12)  NOT NULL REFERENCES language,
    script_code   varchar(4)   REFERENCES script
);

CREATE TABLE currency (
    code        varchar(3)   PRIMARY KEY,
    name        varchar(100) NOT NULL,
    symbol      varchar(8),
    digits      smallint     NOT NULL,
    cash_digits smallint
);

CREATE TABLE territory (
    id               int            PRIMARY KEY,
    code             varchar(3)     NOT NULL UNIQUE,
    alpha3           varchar(3)     UNIQUE,
    name             varchar(100)   NOT NULL,
    region_code      varchar(3)     REFERENCES region,
    population       bigint         CHECK (population >= 0),
    gdp              numeric(20, 2) CHECK (gdp >= 0),
    literacy_percent numeric(5, 2)  CHECK (literacy_percent BETWEEN 0 AND 100),
    first_day        varchar(3)     CHECK (first_day IN ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')),
    measures         varchar(6)     NOT NULL,
    version          int            NOT NULL,
    updated_at       timestamptz
);
CREATE INDEX territory_region ON territory (region_code);
CREATE INDEX territory_name_lower ON territory (lower(name));
CREATE INDEX territory_population ON territory (population);

CREATE TABLE territory_group (
    code varchar(3)   PRIMARY KEY,
    name varchar(100) NOT NULL
);

CREATE TABLE territory_group_member (
    territory_id int        NOT NULL REFERENCES territory ON DELETE CASCADE,
    group_code   varchar(3) NOT NULL REFERENCES territory_group,
    PRIMARY KEY (territory_id, group_code)
);
CREATE INDEX territory_group_member_group ON territory_group_member (group_code);

CREATE TABLE territory_language (
    territory_id       int           NOT NULL REFERENCES territory ON DELETE CASCADE,
    language_code      varchar(12)   NOT NULL REFERENCES language,
    population_percent numeric(8, 5) NOT NULL,
    writing_percent    numeric(5, 2),
    official_status    varchar(20),
    PRIMARY KEY (territory_id, language_code)
);
CREATE INDEX territory_language_language ON territory_language (language_code, population_percent);

CREATE TABLE territory_currency (
    id            int        PRIMARY KEY,
    territory_id  int        NOT NULL REFERENCES territory ON DELETE CASCADE,
    currency_code varchar(3) NOT NULL REFERENCES currency,
    valid_from    date,
    valid_to      date,
    tender        boolean    NOT NULL
);
CREATE INDEX territory_currency_territory ON territory_currency (territory_id);
CREATE INDEX territory_currency_currency ON territory_currency (currency_code, valid_to);

CREATE TABLE territory_name (
    id           bigint       PRIMARY KEY,
    territory_id int          NOT NULL REFERENCES territory ON DELETE CASCADE,
    locale_tag   varchar(12)  NOT NULL REFERENCES locale,
    name         varchar(100) NOT NULL,
    short_name   varchar(100),
    version      int          NOT NULL,
    UNIQUE (territory_id, locale_tag)
);
CREATE INDEX territory_name_locale ON territory_name (locale_tag, name);

CREATE TABLE language_name (
    language_code varchar(12)  NOT NULL REFERENCES language,
    locale_tag    varchar(12)  NOT NULL REFERENCES locale,
    name          varchar(100) NOT NULL,
    PRIMARY KEY (language_code, locale_tag)
);
CREATE INDEX language_name_locale ON language_name (locale_tag, name);

CREATE TABLE time_zone (
    id           varchar(40)  PRIMARY KEY,
    territory_id int          NOT NULL REFERENCES territory ON DELETE CASCADE,
    city         varchar(100) NOT NULL,
    windows_name varchar(100) NOT NULL
);
CREATE INDEX time_zone_territory ON time_zone (territory_id);

CREATE TABLE subdivision (
    id           int          PRIMARY KEY,
    territory_id int          NOT NULL REFERENCES territory ON DELETE CASCADE,
    parent_id    int          REFERENCES subdivision ON DELETE CASCADE,
    code         varchar(8)   NOT NULL UNIQUE,
    name         varchar(100)
);
CREATE INDEX subdivision_territory ON subdivision (territory_id);
CREATE INDEX subdivision_parent ON subdivision (parent_id);

CREATE SEQUENCE territory_id_seq          AS int INCREMENT BY 10 OWNED BY territory.id;
CREATE SEQUENCE territory_currency_id_seq AS int INCREMENT BY 10 OWNED BY territory_currency.id;
CREATE SEQUENCE territory_name_id_seq            INCREMENT BY 10 OWNED BY territory_name.id;
CREATE SEQUENCE subdivision_id_seq        AS int INCREMENT BY 10 OWNED BY subdivision.id;
