'use strict';

/** One whole knex connection as JSON: the helpers decide which database a test file gets. */
module.exports = ({ env }) => ({ connection: env.json('TEST_DATABASE') });
