// SQL as people like to read it.
'use strict';

const Sql = {

  /** The statement with its parameters in their places; null if they do not fit. */
  filled: function (sql, parameters) {
    const parts = Sql.markers(sql);
    if (parts.length !== parameters.length + 1) {
      return null;
    }
    return parts.map(function (part, i) { return i === 0 ? part : parameters[i - 1] + part; }).join('');
  },

  /** Cut at the parameter markers; those in quotes are none. */
  markers: function (sql) {
    const parts = [''];
    sql.split(/('(?:[^']|'')*')/).forEach(function (piece, i) {
      const cut = i % 2 === 1 ? [piece] : piece.split('?');
      parts[parts.length - 1] += cut[0];
      cut.slice(1).forEach(function (part) { parts.push(part); });
    });
    return parts;
  },

  /** As short as it can be told apart: what is asked of which tables under which conditions. */
  gist: function (sql, parameters) {
    return (Sql.filled(sql, parameters) || sql).replace(/\s+/g, ' ')
      .replace(/\b[a-z]+\d+_\d+\b\.?/g, '')
      .replace(/ escape '\\'/g, '')
      .replace(/^select (distinct )?(.*?) from /i, function (all, distinct, columns) {
        const call = /\b(count|sum|max|min|avg)\s*\(/i.exec(columns);
        return call === null ? '' : call[1].toLowerCase() + ' of ';
      })
      .replace(/ (?:left |right |inner )?join (\w+) +on .*?(?= (?:left |right |inner )?join | where | group by | order by |\)|$)/gi, ', $1')
      .replace(/exists ?\(select 1 from ([\w ,]+?) where (?:\w+=\w+ and )?(.*?)\)/gi, '$1($2)')
      .replace(/ order by .*$/i, '')
      .replace(/ group by .*$/i, '')
      .replace(/ where /i, ': ')
      .replace(/ +/g, ' ')
      .replace(/ ([,:)])/g, '$1');
  },

  /** With a line for each clause. */
  pretty: function (sql, parameters) {
    return (Sql.filled(sql, parameters) || sql + '\nwith ' + parameters.join(', ')).replace(/ +/g, ' ')
      .replace(/ (from|where|left join|join|group by|having|order by|offset|fetch first|set|values) /gi, '\n$1 ')
      .replace(/ (and|or) /gi, '\n  $1 ');
  }
};
