// The table of territories and the figures below it.
'use strict';

const Listing = {

  columns: [
    ['code', '', ''],
    ['name', 'Name', ''],
    ['region', 'Region', ''],
    ['population', 'Population', 'number'],
    ['gdp', 'GDP (PPP $)', 'number'],
    ['literacy', 'Literacy', 'number'],
    [null, 'Currencies', ''],
    [null, 'Languages', ''],
    [null, '', '']
  ],

  latest: null,
  answer: null,
  changed: null,

  start: function () {
    Page.byId('create').addEventListener('click', Editor.create);
  },

  /** Asks for the page that the filter describes; an older question still open is given up. */
  load: function () {
    const query = Filter.query();
    if (Listing.latest !== null) {
      Listing.latest.abort();
    }
    const request = Page.call('GET', 'api/territories' + (query ? '?' + query : ''), null, function (answer, millis) {
      Listing.latest = null;
      Listing.answer = answer;
      Page.hideProblem();
      Filter.mark(null);
      Listing.show(answer, millis);
      Activity.poll();
    }, function (problem) {
      Listing.latest = null;
      Filter.mark(problem.field);
      Page.showProblem(problem);
    });
    Listing.latest = request;
  },

  show: function (answer, millis) {
    const first = (answer.page - 1) * answer.size;
    Page.byId('count').textContent = answer.total === 0 ? 'none' : answer.items.length === answer.total
      ? String(answer.total) : (first + 1) + '–' + (first + answer.items.length) + ' of ' + answer.total;
    Page.byId('origin').textContent = 'answered in ' + millis + ' ms';
    Listing.head();
    const most = Math.max.apply(null, answer.items.map(function (item) { return item.population || 0; }).concat([1]));
    Page.fill(document.querySelector('#territories tbody'), answer.items.length === 0
      ? Page.element('tr', {}, Page.element('td', {colspan: 9, class: 'empty'}, 'No territory matches this filter.'))
      : answer.items.map(function (item) { return Listing.row(item, answer, most); }));
    Listing.changed = null;
    Listing.pager(answer);
    Listing.bars('regions', answer.regions.map(function (region) {
      return [region.name || 'no region', Page.plural(region.territories, 'territory', 'territories'), region.population];
    }));
    Listing.bars('languages', answer.largestLanguages.map(function (language) {
      return [language.name, language.nativeName, language.speakers];
    }));
  },

  head: function () {
    Page.fill(document.querySelector('#territories thead'), Page.element('tr', {}, Listing.columns.map(function (column) {
      if (column[0] === null) {
        return Page.element('th', {}, column[1]);
      }
      const up = Filter.sort === column[0];
      const down = Filter.sort === '-' + column[0];
      return Page.element('th', {class: column[2]}, Page.element('button', {
        type: 'button', class: up || down ? 'sort on' : 'sort', 'data-sort': column[0],
        onclick: function () {
          Filter.sort = up || (!down && column[2] === 'number') ? '-' + column[0] : column[0];
          Filter.page = 1;
          Filter.apply();
        }
      }, (column[1] || 'Code') + (up ? ' ↑' : down ? ' ↓' : '')));
    })));
  },

  row: function (item, answer, most) {
    const row = Page.element('tr', {
      'data-code': item.code, 'data-id': item.id, class: item.id === Listing.changed ? 'changed' : null
    }, [
      Page.element('td', {class: 'code'}, item.code),
      Page.element('td', {class: 'name'}, Page.element('button', {
        type: 'button', class: 'link', onclick: function () { Detail.toggle(row, item.id); }
      }, item.name)),
      Page.element('td', {class: 'region'}, item.regionName || '–'),
      Page.element('td', {class: 'number population'}, [
        Page.grouped(item.population),
        Page.element('span', {class: 'gauge'}, Page.element('i', {
          style: 'width:' + Math.max(1, Math.round(100 * (item.population || 0) / most)) + '%'
        }))
      ]),
      Page.element('td', {class: 'number gdp'}, Page.short(item.gdp)),
      Page.element('td', {class: 'number literacy'}, item.literacyPercent === null ? '–' : item.literacyPercent + ' %'),
      Page.element('td', {class: 'currencies'}, (answer.currencies[item.id] || []).map(function (currency) {
        return Page.element('span', {class: 'chip small', title: currency.name}, currency.code);
      })),
      Page.element('td', {class: 'languages'}, Listing.languages(answer.languages[item.id] || [])),
      Page.element('td', {class: 'actions'}, Editor.buttons(item, function () { return row; }))
    ]);
    return row;
  },

  languages: function (languages) {
    const shown = languages.slice(0, 2).map(function (language) {
      return Page.element('span', {class: 'spoken', title: language.percent + ' % of people'}, [
        language.name, Page.element('small', {}, ' ' + Math.round(language.percent) + '%')
      ]);
    });
    if (languages.length > 2) {
      const others = languages.slice(2).map(function (language) { return language.name; });
      shown.push(Page.element('small', {class: 'muted', title: others.join(', ')}, '+' + others.length));
    }
    return shown;
  },

  pager: function (answer) {
    function step(text, page, possible) {
      return Page.element('button', {
        type: 'button', disabled: !possible, 'data-page': page,
        onclick: function () { Filter.page = page; Filter.apply(); }
      }, text);
    }
    Page.fill(Page.byId('pager'), [
      step('‹ Previous', answer.page - 1, answer.page > 1),
      Page.element('span', {class: 'muted'}, 'page ' + answer.page + ' of ' + answer.pages),
      step('Next ›', answer.page + 1, answer.page < answer.pages)
    ]);
  },

  bars: function (id, lines) {
    const most = Math.max.apply(null, lines.map(function (line) { return line[2] || 0; }).concat([1]));
    Page.fill(Page.byId(id), lines.length === 0 ? Page.element('p', {class: 'muted'}, 'nothing to show')
      : lines.map(function (line) {
        return Page.element('div', {class: 'bar'}, [
          Page.element('span', {class: 'label'}, [line[0], Page.element('small', {}, line[1] || '')]),
          Page.element('span', {class: 'track'}, Page.element('i', {
            style: 'width:' + Math.round(1000 * (line[2] || 0) / most) / 10 + '%'
          })),
          Page.element('span', {class: 'value'}, Page.short(line[2]))
        ]);
      }));
  }
};
