'use strict';

module.exports = 'file-stub';
