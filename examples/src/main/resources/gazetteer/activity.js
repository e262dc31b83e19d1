// The live feed: what every query and every write did, newest first. Queries that ran close together are one request.
'use strict';

const Activity = {

  KEPT: 50,
  OPEN: 2,
  FEW: 4,
  TOGETHER: 250,
  EVERY: 700,

  last: 0,
  asking: false,
  switched: 0,
  group: null,
  writes: {},
  times: {hit: {count: 0, millis: 0}, miss: {count: 0, millis: 0}, bypass: {count: 0, millis: 0}},
  timer: null,

  start: function () {
    Page.byId('use-cache').addEventListener('change', function () {
      Activity.switched++;
      Page.call('PUT', 'api/cache', {on: Page.byId('use-cache').checked}, function () {
        Activity.switched++;
        Listing.load();
      });
    });
    Activity.poll();
  },

  /** Asks for what is new, now and then again after a while. */
  poll: function () {
    clearTimeout(Activity.timer);
    Activity.timer = setTimeout(Activity.poll, Activity.EVERY);
    if (Activity.asking) {
      return;
    }
    Activity.asking = true;
    const switched = Activity.switched;
    Page.call('GET', 'api/activity?after=' + Activity.last, null, function (snapshot) {
      Activity.asking = false;
      document.body.classList.remove('away');
      Activity.show(snapshot, switched === Activity.switched);
    }, function () {
      Activity.asking = false;
      document.body.classList.add('away');
    });
  },

  /** An answer from before the switch was moved does not move it back. */
  show: function (snapshot, afterSwitch) {
    Activity.node(snapshot.node);
    Activity.totals(snapshot.totals);
    if (afterSwitch) {
      Page.byId('use-cache').checked = snapshot.cacheInUse;
      Page.mark(document.body, 'uncached', !snapshot.cacheInUse);
    }
    snapshot.activities.forEach(function (activity) {
      if (activity.number > Activity.last || snapshot.last < Activity.last) {
        Activity[activity.type](activity);
      }
    });
    Activity.last = snapshot.last;
  },

  /** Puts a card on top of the others, and lets go of the oldest. */
  add: function (id, card) {
    const place = Page.byId(id);
    const empty = place.querySelector('.empty');
    if (empty !== null) {
      place.removeChild(empty);
    }
    place.insertBefore(card, place.firstChild);
    while (place.children.length > Activity.KEPT) {
      place.removeChild(place.lastChild);
    }
  },

  node: function (node) {
    Page.byId('node').textContent = node.name;
    Page.byId('store').textContent = node.store;
    document.title = 'Gazetteer on ' + node.name + ' – Staleless';
    Page.fill(Page.byId('peers'), node.others.map(function (peer) {
      return Page.element('a', {class: 'pill peer', href: peer.url + location.hash, target: '_blank',
        title: 'The same application on another port, sharing the cache'}, ['open ' + peer.name + ' ↗']);
    }));
  },

  totals: function (totals) {
    const asked = totals.hits + totals.misses + totals.bypasses;
    Page.byId('hits').textContent = Page.grouped(totals.hits);
    Page.byId('misses').textContent = Page.grouped(totals.misses);
    Page.byId('bypasses').textContent = Page.grouped(totals.bypasses);
    Page.byId('ratio').textContent = asked === 0 ? '–' : Math.round(100 * totals.hits / asked) + ' %';
    Page.byId('gauge').style.width = (asked === 0 ? 0 : 100 * totals.hits / asked) + '%';
  },

  query: function (query) {
    if (Activity.group === null || query.at - Activity.group.at > Activity.TOGETHER) {
      Activity.group = Activity.request(query.at);
    }
    const group = Activity.group;
    const outcome = query.outcome.toLowerCase();
    group.at = query.at;
    group.millis += query.millis;
    group.count[outcome]++;
    Activity.time(outcome, query.millis);
    Page.append(group.list, Activity.line(Activity.badge(outcome), query.sql, query.parameters, query.reason,
      Page.millis(query.millis) + ' · ' + Page.plural(query.rows, 'row'), outcome));
    Activity.summary(group);
  },

  /** The average time of what came from the cache and of what came from the database. */
  time: function (outcome, millis) {
    const times = Activity.times[outcome];
    times.count++;
    times.millis += millis;
    Page.byId('time-' + outcome).textContent = 'ø ' + Page.millis(times.millis / times.count);
  },

  request: function (at) {
    const group = {at: at, began: at, millis: 0, count: {hit: 0, miss: 0, bypass: 0}};
    group.head = Page.element('div', {class: 'summary'});
    group.list = Page.element('div', {class: 'lines'});
    const card = Page.element('article', {class: 'request'}, [group.head, group.list]);
    group.head.addEventListener('click', function () { card.classList.toggle('closed'); });
    const before = Page.byId('queries').children[Activity.OPEN - 1];
    if (before) {
      before.classList.add('closed');
    }
    Activity.add('queries', card);
    return group;
  },

  summary: function (group) {
    const names = {hit: 'cache', miss: 'database', bypass: 'bypass'};
    const parts = Object.keys(names).filter(function (outcome) { return group.count[outcome] > 0; })
      .map(function (outcome) {
        return Page.element('b', {class: outcome}, group.count[outcome] + ' ' + names[outcome]);
      });
    Page.fill(group.head, [Page.element('time', {}, Activity.clock(group.began)), parts,
      Page.element('span', {class: 'millis'}, Page.millis(group.millis))]);
    Page.fill(Page.byId('origin'), ['last request: ', parts.map(function (part) { return part.cloneNode(true); }),
      ' ' + Page.millis(group.millis)]);
  },

  write: function (write) {
    const card = Activity.writeCard(write.id, write.at, write.table, write.change);
    Page.fill(card.sql, Sql.pretty(write.sql, write.parameters));
  },

  verdict: function (verdict) {
    const card = Activity.writes[verdict.write]
      || Activity.writeCard(verdict.write, verdict.at, verdict.table, verdict.change, true);
    const part = verdict.dropped ? card.dropped : card.kept;
    part.count++;
    part.title.textContent = (verdict.dropped ? 'Dropped ' : 'Left alone ')
      + Page.plural(part.count, 'cached result') + (part.count > Activity.FEW ? ', click for all' : '');
    part.place.hidden = false;
    card.waiting.hidden = true;
    Page.append(part.list, Activity.line(null, verdict.sql, verdict.parameters, verdict.reason, '',
      verdict.dropped ? 'dropped' : 'kept'));
  },

  /** What is known of one committed write, with the cached results that were judged because of it. */
  writeCard: function (id, at, table, change, elsewhere) {
    const card = {
      dropped: Activity.part('dropped'),
      kept: Activity.part('kept'),
      sql: Page.element('pre', {}),
      waiting: Page.element('p', {class: 'waiting'}, 'Cached results are judged when they are next asked for.')
    };
    Activity.writes[id] = card;
    Activity.group = null;
    Activity.add('writes', Page.element('article', {class: 'write', 'data-write': id}, [
      Page.element('div', {class: 'summary'}, [
        Activity.badge('write'), Page.element('b', {}, table),
        elsewhere ? Page.element('small', {class: 'elsewhere'}, 'on another node') : null,
        Page.element('time', {}, Activity.clock(at))
      ]),
      Page.element('p', {class: 'change'}, change), card.sql, card.waiting, card.dropped.place, card.kept.place
    ]));
    return card;
  },

  part: function (kind) {
    const part = {count: 0, title: Page.element('h3'), list: Page.element('div', {class: 'lines'})};
    part.place = Page.element('div', {class: 'verdicts few ' + kind, hidden: true}, [part.title, part.list]);
    part.title.addEventListener('click', function () { part.place.classList.toggle('few'); });
    return part;
  },

  /** One query on one line with the reason below; a click shows the whole of it. */
  line: function (badge, sql, parameters, reason, figures, kind) {
    const more = Page.element('pre', {hidden: true}, Sql.pretty(sql, parameters));
    return Page.element('div', {class: 'line ' + kind}, [
      Page.element('button', {type: 'button', onclick: function () { more.hidden = !more.hidden; }}, [
        badge,
        Page.element('code', {}, Sql.gist(sql, parameters)),
        Page.element('span', {class: 'figures'}, figures)
      ]),
      reason ? Page.element('p', {class: 'reason'}, reason) : null,
      more
    ]);
  },

  badge: function (outcome) {
    const words = {hit: 'cache', miss: 'database', bypass: 'bypass', write: 'write'};
    return Page.element('span', {class: 'badge ' + outcome}, words[outcome]);
  },

  clock: function (at) {
    const date = new Date(at);
    return [date.getHours(), date.getMinutes(), date.getSeconds()].map(function (part) {
      return (part < 10 ? '0' : '') + part;
    }).join(':');
  }
};
