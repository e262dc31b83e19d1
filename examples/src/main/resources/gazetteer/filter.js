// The form that narrows the listing. Its state is kept in the address, so that it can be taken to another instance.
'use strict';

const Filter = {

  presets: [
    ['Over 100 million', {populationMin: '100000000', sort: '-population'}],
    ['Spanish by half', {language: 'es', languagePercent: '50', sort: '-population'}],
    ['Euro, still in use', {currency: 'EUR', noEndDate: 'true'}],
    ['“land” in any language', {name: 'land', anyLanguage: 'true'}],
    ['日本', {name: '日本', anyLanguage: 'true'}],
    ['New currency since 2010', {introducedFrom: '2010-01-01', noEndDate: 'true'}],
    ['UN members in Africa', {group: 'UN', region: '002', sort: '-gdp'}]
  ],

  sort: 'name',
  page: 1,
  timer: null,
  changed: null,

  start: function (changed) {
    const form = Page.byId('filter');
    Filter.changed = changed;
    form.addEventListener('submit', function (event) { event.preventDefault(); Filter.edited(0); });
    form.addEventListener('input', function () { Filter.edited(250); });
    form.addEventListener('change', function () { Filter.edited(0); });
    Filter.presets.forEach(function (preset) {
      Page.append(Page.byId('presets'), Page.element('button', {
        type: 'button', class: 'chip', onclick: function () { Filter.set(preset[1]); }
      }, preset[0]));
    });
    Page.append(Page.byId('presets'), Page.element('button', {
      type: 'button', class: 'chip clear', id: 'clear', onclick: function () { Filter.set({}); }
    }, 'Everything'));
  },

  /** Fills the lists to choose from. */
  choices: function (choices) {
    Filter.regions(choices.regions);
    Filter.options('group', choices.groups);
    Filter.options('currency', choices.currencies);
    Filter.options('language', choices.languages);
  },

  options: function (name, choices) {
    choices.forEach(function (choice) {
      Page.append(Filter.input(name), Page.element('option', {value: choice.code}, choice.name));
    });
  },

  regions: function (regions) {
    Filter.regionOptions(regions, true).forEach(function (option) { Page.append(Filter.input('region'), option); });
  },

  /** Continents with their regions below them; continents themselves where a filter can name them. */
  regionOptions: function (regions, continents) {
    const options = [];
    regions.filter(function (region) { return region.parent === '001'; }).forEach(function (continent) {
      const inside = regions.filter(function (region) { return region.parent === continent.code; });
      const group = Page.element('optgroup', {label: continent.name});
      if (continents) {
        Page.append(group, Page.element('option', {value: continent.code}, 'All of ' + continent.name));
      }
      inside.forEach(function (region) {
        Page.append(group, Page.element('option', {value: region.code}, region.name));
      });
      options.push(group);
    });
    return options;
  },

  input: function (name) {
    return Page.byId('filter').querySelector('[name="' + name + '"]');
  },

  inputs: function () {
    return Array.prototype.slice.call(Page.byId('filter').querySelectorAll('[name]'));
  },

  edited: function (delay) {
    clearTimeout(Filter.timer);
    Filter.timer = setTimeout(function () {
      if (Filter.query() !== Filter.shown) {
        Filter.page = 1;
        Filter.apply();
      }
    }, delay);
  },

  set: function (values) {
    Filter.inputs().forEach(function (input) {
      if (input.type === 'checkbox') {
        input.checked = values[input.name] === 'true';
      } else {
        input.value = values[input.name] || '';
      }
    });
    Filter.sort = values.sort || 'name';
    Filter.page = Number(values.page || 1);
    Filter.apply();
  },

  apply: function () {
    clearTimeout(Filter.timer);
    Filter.shown = Filter.query();
    location.hash = Filter.shown;
    Filter.changed();
  },

  /** The filter as query parameters. */
  query: function () {
    const parts = [];
    Filter.inputs().forEach(function (input) {
      const value = input.type === 'checkbox' ? (input.checked ? 'true' : '') : input.value.trim();
      if (value !== '') {
        parts.push(input.name + '=' + encodeURIComponent(value));
      }
    });
    if (Filter.sort !== 'name') {
      parts.push('sort=' + Filter.sort);
    }
    if (Filter.page !== 1) {
      parts.push('page=' + Filter.page);
    }
    return parts.join('&');
  },

  /** Takes over the state that the address holds. */
  restore: function () {
    const values = {};
    location.hash.replace(/^#/, '').split('&').forEach(function (part) {
      const at = part.indexOf('=');
      if (at > 0) {
        values[part.substring(0, at)] = decodeURIComponent(part.substring(at + 1));
      }
    });
    Filter.set(values);
  },

  /** Marks the field that the service did not accept. */
  mark: function (field) {
    Filter.inputs().forEach(function (input) {
      Page.mark(input, 'wrong', input.name === field);
    });
  }
};
