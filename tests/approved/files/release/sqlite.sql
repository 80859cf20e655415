INSERT INTO "_codes" VALUES('military_figures','bound','exact','Counted or official: value only.');
INSERT INTO "_codes" VALUES('military_figures','bound','about','Approximately, roughly, nearly, some, or a rounded number: value only.');
INSERT INTO "_codes" VALUES('military_figures','bound','at_least','Over, more than, no fewer than: lower bound only.');
INSERT INTO "_codes" VALUES('military_figures','bound','at_most','Up to, under: upper bound only.');
INSERT INTO "_codes" VALUES('military_figures','bound','range','Lower and upper bound, with a value if a best estimate is given.');
INSERT INTO "_codes" VALUES('military_figures','bound','vague','In words such as hundreds; numbers may be empty.');
INSERT INTO "_codes" VALUES('military_figures','currency','CNY','Chinese yuan.');
INSERT INTO "_codes" VALUES('military_figures','currency','EUR','Euro.');
INSERT INTO "_codes" VALUES('military_figures','currency','GBP','Pound sterling.');
INSERT INTO "_codes" VALUES('military_figures','currency','JPY','Japanese yen.');
INSERT INTO "_codes" VALUES('military_figures','currency','KPW','North Korean won.');
INSERT INTO "_codes" VALUES('military_figures','currency','KRW','South Korean won.');
INSERT INTO "_codes" VALUES('military_figures','currency','RUB','Russian rouble.');
INSERT INTO "_codes" VALUES('military_figures','currency','USD','United States dollar.');
INSERT INTO "_codes" VALUES('military_figures','method','reported','No method is given.');
INSERT INTO "_codes" VALUES('military_figures','method','counted','Seen one by one: imagery, port calls, portraits.');
INSERT INTO "_codes" VALUES('military_figures','method','official_statistics','Statistics of a trading side itself.');
INSERT INTO "_codes" VALUES('military_figures','method','mirror_statistics','Compiled from the statistics of partners.');
INSERT INTO "_codes" VALUES('military_figures','method','capacity','What the carriers could hold.');
INSERT INTO "_codes" VALUES('military_figures','method','quantity_times_price','A quantity multiplied by a price.');
INSERT INTO "_codes" VALUES('military_figures','method','headcount_times_wage','A headcount multiplied by a wage.');
INSERT INTO "_codes" VALUES('military_figures','method','model','Another model.');
INSERT INTO "_codes" VALUES('military_figures','method','extrapolated','Extended from a part or a period.');
INSERT INTO "_codes" VALUES('military_figures','method','converted','Currency or unit converted by the carrier.');
INSERT INTO "_codes" VALUES('military_figures','method','equivalent','One measure expressed in another.');
INSERT INTO "_codes" VALUES('military_figures','method','negotiated','By contract, announcement or law.');
INSERT INTO "_codes" VALUES('timeline','certainty','almost_certain','Almost certainly; 95 percent and more.');
INSERT INTO "_codes" VALUES('timeline','certainty','highly_likely','Very or highly likely; 80 to 90 percent.');
INSERT INTO "_codes" VALUES('timeline','certainty','likely','Likely, probably, seems, is believed to; 55 to 75 percent.');
INSERT INTO "_codes" VALUES('timeline','certainty','possible','May, could, a realistic possibility.');
INSERT INTO "_codes" VALUES('timeline','certainty','unlikely','Unlikely.');
INSERT INTO "_codes" VALUES('timeline','certainty','highly_unlikely','Highly unlikely.');
INSERT INTO "_codes" VALUES('timeline','certainty','hearsay','Reportedly, there is talk: the speaker does not vouch for it.');
INSERT INTO "_codes" VALUES('timeline','certainty','asserted','Stated without any such word.');
INSERT INTO "_codes" VALUES('timeline','credibility','1','Confirmed: two corroborating parties, or admitted by the other side, or the speaker''s own act or text.');
INSERT INTO "_codes" VALUES('timeline','credibility','2','Probably true: consistent with other evidence.');
INSERT INTO "_codes" VALUES('timeline','credibility','3','Possibly true.');
INSERT INTO "_codes" VALUES('timeline','credibility','4','Doubtful.');
INSERT INTO "_codes" VALUES('timeline','credibility','5','Improbable: contradicted by better evidence.');
INSERT INTO "_codes" VALUES('timeline','credibility','6','Cannot be judged.');
INSERT INTO "_columns" VALUES('places','place_id','Place id','Permanent slug of the place.','text',NULL);
INSERT INTO "_columns" VALUES('places','name','Name','Name in English.','text',NULL);
INSERT INTO "_columns" VALUES('places','native_name','Native name','Name in the local language and script.','text',NULL);
INSERT INTO "_columns" VALUES('places','country','Country','ISO 3166-1 alpha-2 code.','text',NULL);
INSERT INTO "_columns" VALUES('places','latitude','Latitude','Degrees north, WGS 84.','number',NULL);
INSERT INTO "_columns" VALUES('places','longitude','Longitude','Degrees east, WGS 84.','number',NULL);
INSERT INTO "_columns" VALUES('places','geonames_id','GeoNames id','Identifier in GeoNames, recorded only where a page or data file that was read shows it.','integer',NULL);
INSERT INTO "_columns" VALUES('military_figures','figure_id','Figure id','Permanent number of the figure; E for economic, M for military.','text',NULL);
INSERT INTO "_columns" VALUES('military_figures','claim_id','Claim','The claim that asserts the quantity.','text','claims');
INSERT INTO "_columns" VALUES('military_figures','indicator_id','Indicator','What is measured.','text','indicators');
INSERT INTO "_columns" VALUES('military_figures','source_id','Source','The read source, itself evidence of the claim, whose page shows the figure.','text','sources');
INSERT INTO "_columns" VALUES('military_figures','as_stated','As stated','The published words in their original language.','text',NULL);
INSERT INTO "_columns" VALUES('military_figures','value_low','Lower bound','Lower end of a range, or the bound of at least.','number',NULL);
INSERT INTO "_columns" VALUES('military_figures','value','Value','The value, or the best estimate within a range.','number',NULL);
INSERT INTO "_columns" VALUES('military_figures','value_high','Upper bound','Upper end of a range, or the bound of at most.','number',NULL);
INSERT INTO "_columns" VALUES('military_figures','bound','Bound','How the speaker bounds the number.','code',NULL);
INSERT INTO "_columns" VALUES('military_figures','currency','Currency','ISO 4217 code, exactly when the unit is money.','code',NULL);
INSERT INTO "_columns" VALUES('military_figures','method','Method','How the number was arrived at, as the page says.','code',NULL);
INSERT INTO "_columns" VALUES('military_figures','scope','Scope','The part of what the indicator counts that is measured; empty for the whole, as the indicator defines it.','text','parts');
INSERT INTO "_columns" VALUES('military_figures','assumption','Assumption','The scenario on which the number rests; empty where there is none.','text','parts');
INSERT INTO "_columns" VALUES('military_figures','period_start','Period start','First day of the measured period; empty where no page states it. As precise as the page: year, month or day.','partial_date',NULL);
INSERT INTO "_columns" VALUES('military_figures','period_start_from','Period start: first day','First day that period_start covers.','day',NULL);
INSERT INTO "_columns" VALUES('military_figures','period_start_to','Period start: last day','Last day that period_start covers.','day',NULL);
INSERT INTO "_columns" VALUES('military_figures','period_end','Period end','Last day of the measured period, or the date of a level. As precise as the page: year, month or day.','partial_date',NULL);
INSERT INTO "_columns" VALUES('military_figures','period_end_from','Period end: first day','First day that period_end covers.','day',NULL);
INSERT INTO "_columns" VALUES('military_figures','period_end_to','Period end: last day','Last day that period_end covers.','day',NULL);
INSERT INTO "_columns" VALUES('military_figures','note','Note','What a reader needs to know about this row that no other column can say, in the compilers'' words.','text',NULL);
INSERT INTO "_columns" VALUES('timeline','period_start','Period start','First day as published; the last, where no first one is stated; that on which the event was told, where neither is.','partial_date',NULL);
INSERT INTO "_columns" VALUES('timeline','period_end','Period end','Last day of what is asserted; equal to the start for a single day. As precise as the page: year, month or day.','partial_date',NULL);
INSERT INTO "_columns" VALUES('timeline','period_start_from','Period start from','First day that period_start covers.','day',NULL);
INSERT INTO "_columns" VALUES('timeline','period_end_to','Period end to','Last day that period_end covers.','day',NULL);
INSERT INTO "_columns" VALUES('timeline','is_dated','Is dated','Whether it is stated when the event happened, to the day, the month or the year.','boolean',NULL);
INSERT INTO "_columns" VALUES('timeline','topic_id','Topic','The thing counted or done, not its reason.','text','topics');
INSERT INTO "_columns" VALUES('timeline','place_id','Place','Where it happened.','text','places');
INSERT INTO "_columns" VALUES('timeline','statement','Statement','One neutral sentence in the compilers'' own words that states what is asserted, with its bound, definition and period.','text',NULL);
INSERT INTO "_columns" VALUES('timeline','speaker','Name of the speaker','Name of the speaker. Name in English as the actor or established outlets write it.','text',NULL);
INSERT INTO "_columns" VALUES('timeline','speaker_id','Speaker','The actor who asserts it. An official speaks as the body; heads of state and private persons speak for themselves.','text','actors');
INSERT INTO "_columns" VALUES('timeline','side','Side','The root actor of the speaker where that is a state or a body of states; otherwise media, unnamed or independent.','text',NULL);
INSERT INTO "_columns" VALUES('timeline','asserted','Asserted','When the speaker asserted it. As precise as the page: year, month or day.','partial_date',NULL);
INSERT INTO "_columns" VALUES('timeline','asserted_on','Asserted on','Last day on which it can have been asserted: that of its date, or that of the first publication that carries it where this is earlier.','day',NULL);
INSERT INTO "_columns" VALUES('timeline','certainty','Certainty','How sure the speaker is, by the speaker''s own words only.','code',NULL);
INSERT INTO "_columns" VALUES('timeline','credibility','Credibility','The compilers'' judgement, from 1 to 6; empty for assessments, forecasts and positions.','integer',NULL);
INSERT INTO "_columns" VALUES('timeline','claim_id','Claim id','Permanent number of the claim.','text','claims');
INSERT INTO "_columns" VALUES('timeline','claims','Claims','All claims that tell of the event, the earliest first, joined by semicolons.','text',NULL);
CREATE TABLE "_package" ("name" TEXT, "title" TEXT, "description" TEXT, "version" TEXT, "created" TEXT, "creators" TEXT, "licence" TEXT, "licence_url" TEXT) STRICT;
INSERT INTO "_package" VALUES('dprk-russia','The alliance of North Korea and Russia: claims, evidence and figures','What has been claimed, by whom and on what evidence, about North Korea''s alliance with Russia and its entry into the war in Ukraine. One row of the claims table is one assertion by one speaker on one date; evidence rows trace the publications that carry it back to where it was first heard or published; figures say what they measure, how they are bounded, for which period and in which published words.','1.2.3','2025-06-01','The compilers; Ada Lee','CC-BY-4.0; ODbL-1.0','https://licences.example/by; https://licences.example/odbl');
CREATE TABLE "military_figures" (
  -- Figures whose indicator belongs to the military domain.
  -- Permanent number of the figure; E for economic, M for military.
  "figure_id" TEXT NOT NULL,
  -- The claim that asserts the quantity.
  "claim_id" TEXT NOT NULL,
  -- What is measured.
  "indicator_id" TEXT NOT NULL,
  -- The read source, itself evidence of the claim, whose page shows the figure.
  "source_id" TEXT NOT NULL,
  -- The published words in their original language.
  "as_stated" TEXT NOT NULL,
  -- Lower end of a range, or the bound of at least.
  "value_low" REAL,
  -- The value, or the best estimate within a range.
  "value" REAL,
  -- Upper end of a range, or the bound of at most.
  "value_high" REAL,
  -- How the speaker bounds the number.
  "bound" TEXT NOT NULL CHECK ("bound" IN ('exact', 'about', 'at_least', 'at_most', 'range', 'vague')),
  -- ISO 4217 code, exactly when the unit is money.
  "currency" TEXT CHECK ("currency" IN ('CNY', 'EUR', 'GBP', 'JPY', 'KPW', 'KRW', 'RUB', 'USD')),
  -- How the number was arrived at, as the page says.
  "method" TEXT NOT NULL CHECK ("method" IN ('reported', 'counted', 'official_statistics', 'mirror_statistics', 'capacity', 'quantity_times_price', 'headcount_times_wage', 'model', 'extrapolated', 'converted', 'equivalent', 'negotiated')),
  -- The part of what the indicator counts that is measured; empty for the whole, as the indicator defines it.
  "scope" TEXT,
  -- The scenario on which the number rests; empty where there is none.
  "assumption" TEXT,
  -- First day of the measured period; empty where no page states it. As precise as the page: year, month or day.
  "period_start" TEXT,
  -- First day that period_start covers.
  "period_start_from" TEXT,
  -- Last day that period_start covers.
  "period_start_to" TEXT,
  -- Last day of the measured period, or the date of a level. As precise as the page: year, month or day.
  "period_end" TEXT,
  -- First day that period_end covers.
  "period_end_from" TEXT,
  -- Last day that period_end covers.
  "period_end_to" TEXT,
  -- What a reader needs to know about this row that no other column can say, in the compilers' words.
  "note" TEXT,
  PRIMARY KEY ("figure_id"),
  FOREIGN KEY ("claim_id") REFERENCES "claims" ("claim_id"),
  FOREIGN KEY ("indicator_id") REFERENCES "indicators" ("indicator_id"),
  FOREIGN KEY ("source_id") REFERENCES "sources" ("source_id"),
  FOREIGN KEY ("scope") REFERENCES "parts" ("part_id"),
  FOREIGN KEY ("assumption") REFERENCES "parts" ("part_id")
) STRICT;
INSERT INTO "military_figures" VALUES('M00001','C00001','casualties','gazette-2024-12-16','au moins trente',30.0,NULL,NULL,'at_least',NULL,'reported',NULL,NULL,'2024-12-14','2024-12-14','2024-12-14','2024-12-15','2024-12-15','2024-12-15',NULL);
INSERT INTO "military_figures" VALUES('M00002','C00002','killed','bureau-2024-12-19','at least 100',100.0,NULL,NULL,'at_least',NULL,'reported',NULL,NULL,NULL,NULL,NULL,'2024-12-19','2024-12-19','2024-12-19',NULL);
INSERT INTO "military_figures" VALUES('M00003','C00004','killed','gazette-2024-12-18','trente morts',NULL,30.0,NULL,'exact',NULL,'reported',NULL,NULL,NULL,NULL,NULL,'2024-12-18','2024-12-18','2024-12-18',NULL);
INSERT INTO "military_figures" VALUES('M00004','C00002','ammo-share','bureau-2024-12-19','up to 60 percent',NULL,NULL,60.0,'at_most',NULL,'reported','kursk',NULL,NULL,NULL,NULL,'2024-12','2024-12-01','2024-12-31',NULL);
INSERT INTO "military_figures" VALUES('M00005','C00009','casualties','gazette-2024-12-18','au moins cinquante',50.0,NULL,NULL,'at_least',NULL,'reported',NULL,NULL,'2024-12-14','2024-12-14','2024-12-14','2024-12-16','2024-12-16','2024-12-16',NULL);
INSERT INTO "military_figures" VALUES('M00010','C00010','killed','bureau-2025-01-13','at least 300',300.0,NULL,NULL,'at_least',NULL,'reported',NULL,NULL,NULL,NULL,NULL,'2025-01-13','2025-01-13','2025-01-13',NULL);
INSERT INTO "military_figures" VALUES('M00011','C00011','casualties','pentagon-2025-01-10','hundreds',NULL,NULL,NULL,'vague',NULL,'reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'A word of a spokesman.');
INSERT INTO "military_figures" VALUES('M00012','C00013','killed','gazette-undated','jusqu''à 4.000',NULL,NULL,4000.0,'at_most',NULL,'model',NULL,'if-sent','2025','2025-01-01','2025-12-31','2025','2025-01-01','2025-12-31',NULL);
INSERT INTO "military_figures" VALUES('M00013','C00016','killed','gazette-2025-01-11','pas plus de 200',NULL,NULL,200.0,'at_most',NULL,'reported',NULL,NULL,NULL,NULL,NULL,'2025-01-13','2025-01-13','2025-01-13',NULL);
INSERT INTO "military_figures" VALUES('M00014','C00017','killed','bureau-2025-01-13','some 20',NULL,20.0,NULL,'about',NULL,'counted','officers',NULL,NULL,NULL,NULL,'2025-01-13','2025-01-13','2025-01-13',NULL);
INSERT INTO "military_figures" VALUES('M00015','C00017','wounded','bureau-2025-01-13','one to two',1.0,NULL,2.0,'range',NULL,'counted',NULL,NULL,NULL,NULL,NULL,'2025-01-13','2025-01-13','2025-01-13',NULL);
INSERT INTO "military_figures" VALUES('M00016','C00010','killed','bureau-2025-01-13','ten officers',NULL,10.0,NULL,'exact',NULL,'counted','officers',NULL,NULL,NULL,NULL,'2025-01-12','2025-01-12','2025-01-12',NULL);
CREATE TABLE "places" (
  -- Where what is claimed happened. Coordinates and ids come from GeoNames, or stay empty.
  -- Permanent slug of the place.
  "place_id" TEXT NOT NULL,
  -- Name in English.
  "name" TEXT NOT NULL,
  -- Name in the local language and script.
  "native_name" TEXT,
  -- ISO 3166-1 alpha-2 code.
  "country" TEXT,
  -- Degrees north, WGS 84.
  "latitude" REAL,
  -- Degrees east, WGS 84.
  "longitude" REAL,
  -- Identifier in GeoNames, recorded only where a page or data file that was read shows it.
  "geonames_id" INTEGER,
  PRIMARY KEY ("place_id"),
  UNIQUE ("geonames_id")
) STRICT;
INSERT INTO "places" VALUES('kursk-oblast','Kursk oblast','Курская область','RU',NULL,NULL,NULL);
INSERT INTO "places" VALUES('rajin','Rajin','라진','KP',42.2444,130.2972,2042893);
CREATE TABLE "timeline" (
  -- The events, each once and by date: claims of the kind event that corroborate each other are one event, told by the earliest of them that states when it happened. An event of which none does stands at the date on which it was first told.
  -- First day as published; the last, where no first one is stated; that on which the event was told, where neither is.
  "period_start" TEXT NOT NULL,
  -- Last day of what is asserted; equal to the start for a single day. As precise as the page: year, month or day.
  "period_end" TEXT,
  -- First day that period_start covers.
  "period_start_from" TEXT NOT NULL,
  -- Last day that period_end covers.
  "period_end_to" TEXT,
  -- Whether it is stated when the event happened, to the day, the month or the year.
  "is_dated" INTEGER NOT NULL,
  -- The thing counted or done, not its reason.
  "topic_id" TEXT NOT NULL,
  -- Where it happened.
  "place_id" TEXT,
  -- One neutral sentence in the compilers' own words that states what is asserted, with its bound, definition and period.
  "statement" TEXT NOT NULL,
  -- Name of the speaker. Name in English as the actor or established outlets write it.
  "speaker" TEXT NOT NULL,
  -- The actor who asserts it. An official speaks as the body; heads of state and private persons speak for themselves.
  "speaker_id" TEXT NOT NULL,
  -- The root actor of the speaker where that is a state or a body of states; otherwise media, unnamed or independent.
  "side" TEXT NOT NULL,
  -- When the speaker asserted it. As precise as the page: year, month or day.
  "asserted" TEXT NOT NULL,
  -- Last day on which it can have been asserted: that of its date, or that of the first publication that carries it where this is earlier.
  "asserted_on" TEXT NOT NULL,
  -- How sure the speaker is, by the speaker's own words only.
  "certainty" TEXT NOT NULL CHECK ("certainty" IN ('almost_certain', 'highly_likely', 'likely', 'possible', 'unlikely', 'highly_unlikely', 'hearsay', 'asserted')),
  -- The compilers' judgement, from 1 to 6; empty for assessments, forecasts and positions.
  "credibility" INTEGER,
  -- Permanent number of the claim.
  "claim_id" TEXT NOT NULL,
  -- All claims that tell of the event, the earliest first, joined by semicolons.
  "claims" TEXT NOT NULL,
  PRIMARY KEY ("claim_id"),
  FOREIGN KEY ("topic_id") REFERENCES "topics" ("topic_id"),
  FOREIGN KEY ("place_id") REFERENCES "places" ("place_id"),
  FOREIGN KEY ("speaker_id") REFERENCES "actors" ("actor_id"),
  FOREIGN KEY ("claim_id") REFERENCES "claims" ("claim_id")
) STRICT;
INSERT INTO "timeline" VALUES('2024-10','2025-04','2024-10-01','2025-04-30',1,'casualties','kursk-oblast','North Korea sent combat units to Kursk oblast.','North Korea','north-korea','north-korea','2025-04-28','2025-04-28','asserted',1,'C00012','C00012');
INSERT INTO "timeline" VALUES('2024-10-08','2024-10-08','2024-10-08','2024-10-08',1,'casualties',NULL,'Soldiers were sent.','Unnamed Koreans','sources-kr','unnamed','2025-02','2025-02-28','hearsay',4,'C00019','C00019');
INSERT INTO "timeline" VALUES('2024-12-14','2024-12-15','2024-12-14','2024-12-15',1,'casualties','kursk-oblast','North Korean soldiers fought in Kursk oblast on 14 and 15 December 2024.','Military intelligence of Ukraine','ua-hur','ukraine','2024-12-16','2024-12-16','asserted',1,'C00006','C00006;C00007');
CREATE INDEX "_military_figures_by_claim_id" ON "military_figures" ("claim_id");
CREATE INDEX "_military_figures_by_indicator_id" ON "military_figures" ("indicator_id");
CREATE INDEX "_military_figures_by_source_id" ON "military_figures" ("source_id");
CREATE INDEX "_military_figures_by_scope" ON "military_figures" ("scope");
CREATE INDEX "_military_figures_by_assumption" ON "military_figures" ("assumption");
CREATE INDEX "_timeline_by_topic_id" ON "timeline" ("topic_id");
CREATE INDEX "_timeline_by_place_id" ON "timeline" ("place_id");
CREATE INDEX "_timeline_by_speaker_id" ON "timeline" ("speaker_id");
CREATE VIEW timeline_view AS
-- Timeline
-- The events, each once and by date: claims of the kind event that corroborate each other are one event, told by the earliest
-- of them that states when it happened. An event of which none does stands at the date on which it was first told.
--
-- key: claim_id
-- period_start: partial_date, always. First day as published; the last, where no first one is stated; that on which the event
--   was told, where neither is. Example: 2024-10
-- period_end: as claims
-- period_start_from: day, always. First day that period_start covers. Example: 2024-10-01
-- period_end_to: day. Last day that period_end covers. Example: 2024-10-31
-- is_dated: boolean, always. Whether it is stated when the event happened, to the day, the month or the year. Example: true
-- topic_id, place_id, statement: as claims
-- speaker, speaker_id, side, asserted, asserted_on: as assertions
-- certainty, credibility, claim_id: as claims
-- claims: text, always. All claims that tell of the event, the earliest first, joined by semicolons. Example: C00006;C00007
WITH told AS (
  SELECT
    claims.*, coalesce(claims.period_start, claims.period_end) IS NOT NULL AS is_dated,
    row_number() OVER (
      event ORDER BY
        coalesce(claims.period_start, claims.period_end) IS NULL, claims.asserted_from, claims.claim_id
    ) AS place_in_event,
    group_concat(claims.claim_id, ';') OVER (
      event ORDER BY claims.asserted_from, claims.claim_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS claims
  FROM claims JOIN event_groups USING (claim_id)
  WINDOW event AS (PARTITION BY event_groups.event_id)
),
dated AS (
  SELECT
    told.*, coalesce(period_start, period_end, asserted) AS first_stated,
    coalesce(period_start_from, period_end_from, asserted_from) AS first_day
  FROM told WHERE place_in_event = 1
)
SELECT
  dated.first_stated AS period_start, dated.period_end, dated.first_day AS period_start_from, dated.period_end_to,
  dated.is_dated, dated.topic_id, dated.place_id, dated.statement, assertions.speaker, assertions.speaker_id,
  assertions.side, assertions.asserted, assertions.asserted_on, dated.certainty, dated.credibility, dated.claim_id,
  dated.claims
FROM dated JOIN assertions USING (claim_id)
ORDER BY dated.first_day, dated.claim_id;