'use strict';

const fs = require('node:fs');
const path = require('node:path');

const WIDTH = 12;
const HEIGHT = 6;

/**
 * The stage's one dashboard, of what `custom.dashboard` names. Functions come from the services'
 * own serverless.yml, so that none is forgotten; queues and APIs by what their stacks export.
 */
class Dashboard {
  constructor(serverless) {
    this.serverless = serverless;
    this.service = serverless.service;
    this.stage = serverless.getProvider('aws').getStage();
    this.hooks = { 'after:aws:package:finalize:mergeCustomProviderResources': () => this.add() };
    this.imports = {};
  }

  add() {
    const { wanted } = this.service.custom.alarms;
    if (!wanted) return;
    const body = JSON.stringify({ widgets: placed(this.widgets()) });
    this.service.provider.compiledCloudFormationTemplate.Resources.Dashboard = {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        DashboardName: `calcutta-${this.stage}`,
        DashboardBody: { 'Fn::Sub': [body, this.imports] },
      },
    };
  }

  widgets() {
    const { queues, left, streams, http, sockets } = this.service.custom.dashboard;
    const functions = this.functions();
    return [
      this.alarm('Canary', 'canary'),
      graph('Canary, ms', ['BroadcastMs', 'RowMs'].map((it) => this.own(it, 'Maximum'))),
      this.logged('Canary in the line, ms', 'canary.checkAuction', 'max(lobby_ms) as LobbyMs by bin(1h)'),
      graph('Bids', ['BidsAccepted', 'BidsRefused'].map((it) => this.own(it, 'Sum'))),
      graph('Decision of a bid, ms', ['p50', 'p99'].map((it) => this.own('DecisionMs', it))),
      graph('Broadcast', ['Posts', 'ConnectionsGone'].map((it) => this.own(it, 'Sum'))),
      graph('Hammer late, row late, ms', ['HammerLateMs', 'CommitToRowMs'].map((it) => this.own(it, 'Maximum'))),
      graph('Way to SQL', ['EventsApplied'].map((it) => this.own(it, 'Sum'))),
      graph('In quarantine', ['RecordsWaiting'].map((it) => this.own(it, 'Maximum'))),
      graph('Lines: people', [
        this.own('LobbyWaiting', 'Maximum'),
        ...['LobbyAdmitted', 'LobbyExpired'].map((it) => this.own(it, 'Sum')),
      ]),
      graph('Lines: longest wait, ms', ['LobbyWaitMs', 'LobbyOldestMs'].map((it) => this.own(it, 'Maximum'))),
      graph('Our own failures', ['InternalErrors', 'BadSetting'].map((it) => this.own(it, 'Sum'))),
      graph('Stream age, ms', streams.map((it) => lambda('IteratorAge', this.name(it), 'Maximum'))),
      graph('Queue age, s', queues.map((it) => this.queue('ApproximateAgeOfOldestMessage', it))),
      graph('Queue depth', queues.map((it) => this.queue('ApproximateNumberOfMessagesVisible', it))),
      graph('Given up', left.map((it) => this.queue('ApproximateNumberOfMessagesVisible', it))),
      graph('Errors', functions.map((it) => lambda('Errors', it, 'Sum'))),
      graph('Throttles', functions.map((it) => lambda('Throttles', it, 'Sum'))),
      graph('API failures', [
        ...http.map((it) => this.api('5xx', it)),
        ...sockets.map((it) => this.api('ExecutionError', it)),
        ...sockets.map((it) => this.api('IntegrationError', it)),
      ]),
    ];
  }

  functions() {
    return this.service.custom.dashboard.services.flatMap((service) => {
      const file = path.join(this.serverless.serviceDir, '..', service, 'serverless.yml');
      const [, functions] = fs.readFileSync(file, 'utf8').split(/^functions:$/m);
      const names = functions.split(/^\w/m)[0].matchAll(/^ {2}(\w+):$/gm);
      return [...names].map(([, it]) => this.name(`${service}.${it}`));
    });
  }

  /** As osls names a function: `<service>-<stage>-<function>`. */
  name(place) {
    const [service, name] = place.split('.');
    return `calcutta-${service}-${this.stage}-${name}`;
  }

  imported(place) {
    const [service, id] = place.split('.');
    const key = `${service.replace(/\W/g, '')}${id}`;
    this.imports[key] = { 'Fn::ImportValue': `calcutta-${service}-${this.stage}-${id}Name` };
    return `\${${key}}`;
  }

  own(metric, stat) {
    return ['Calcutta', metric, 'Stage', this.stage, { stat, label: `${metric} ${stat}` }];
  }

  queue(metric, place) {
    return ['AWS/SQS', metric, 'QueueName', this.imported(place), { stat: 'Maximum', label: place }];
  }

  api(metric, place) {
    const label = `${place} ${metric}`;
    return ['AWS/ApiGateway', metric, 'ApiId', this.imported(place), { stat: 'Sum', label }];
  }

  /** What a function's log has as fields of its lines: numbers that are no metrics, and cost nothing. */
  logged(title, place, stats) {
    const query = `SOURCE '/aws/lambda/${this.name(place)}' | stats ${stats}`;
    return { ...widget({ title, query }), type: 'log' };
  }

  alarm(title, what) {
    const name = `calcutta-${this.stage}-${what}`;
    const arn = `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:${name}`;
    return widget({ title, annotations: { alarms: [arn] } });
  }
}

function lambda(metric, name, stat) {
  return ['AWS/Lambda', metric, 'FunctionName', name, { stat, label: name }];
}

function graph(title, metrics) {
  return widget({ title, metrics, period: 60 });
}

function widget(properties) {
  return { type: 'metric', properties: { region: '${AWS::Region}', view: 'timeSeries', ...properties } };
}

function placed(widgets) {
  return widgets.map((it, place) => ({
    x: (place % 2) * WIDTH,
    y: Math.floor(place / 2) * HEIGHT,
    width: WIDTH,
    height: HEIGHT,
    ...it,
  }));
}

module.exports = Dashboard;
