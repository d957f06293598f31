'use strict';

const leaveOut = require('./lib/leave-out');

const EXPORTED = { 'AWS::SQS::Queue': 'QueueName', 'AWS::ApiGatewayV2::Api': 'ApiId' };

/**
 * Gives a service an alarm for whatever can go wrong with what it has, so that nothing that is
 * added is forgotten: every function's errors and throttles, the age of every stream that is read,
 * age and depth of every queue that is read, every other queue if anything is in it, every API's
 * failures, and the metrics of our own that `custom.alarms.metrics` names. All are called
 * `calcutta-<stage>-<what>`, and tell the stage's topic when they ring and when they stop. A function
 * that the service's own template has an alarm for gets no others: the canary's rings on silence, so
 * also if the canary is turned away.
 *
 * Queues and APIs are exported by name (`<stack>-<logical id>Name`), for the dashboard.
 */
class Alarms {
  constructor(serverless) {
    this.serverless = serverless;
    this.service = serverless.service;
    this.naming = serverless.getProvider('aws').naming;
    this.stage = serverless.getProvider('aws').getStage();
    this.hooks = { 'after:aws:package:finalize:mergeCustomProviderResources': () => this.add() };
  }

  add() {
    const { wanted, queues = {}, metrics = {} } = this.service.custom?.alarms ?? {};
    if (typeof wanted !== 'boolean') {
      throw new this.serverless.classes.Error(
        "custom.alarms is missing: say 'alarms: { wanted: ${file(../../serverless.common.yml):stage.alarms} }'."
      );
    }
    this.template = this.service.provider.compiledCloudFormationTemplate;
    this.resources = this.template.Resources;
    this.exportNames();
    if (!wanted) return leaveOut(this.template, (it) => it.Type === 'AWS::CloudWatch::Alarm');
    this.watchFunctions();
    this.watchQueues(queues);
    this.watchApis();
    for (const [what, metric] of Object.entries(metrics)) this.watchOwn(what, metric);
    this.tellTopic();
  }

  get short() {
    return this.service.service.replace(/^calcutta-/, '');
  }

  ofType(type) {
    return Object.entries(this.resources).filter(([, it]) => it.Type === type);
  }

  exportNames() {
    for (const [type, name] of Object.entries(EXPORTED)) {
      for (const [id] of this.ofType(type)) {
        const isQueue = name === 'QueueName';
        this.template.Outputs[`${id}Name`] = {
          Value: isQueue ? { 'Fn::GetAtt': [id, name] } : { Ref: id },
          Export: { Name: { 'Fn::Sub': `\${AWS::StackName}-${id}Name` } },
        };
      }
    }
  }

  watchFunctions() {
    for (const name of this.service.getAllFunctions()) {
      const id = this.naming.getLambdaLogicalId(name);
      if (this.isWatched(id)) continue;
      const about = (metric) => ({ Namespace: 'AWS/Lambda', MetricName: metric, Dimensions: this.of(id) });
      this.alarm(`${this.short}-${name}-errors`, 'Invocations failed', about('Errors'));
      this.alarm(`${this.short}-${name}-throttles`, 'Invocations were turned away', about('Throttles'));
      if (!this.readsStream(id)) continue;
      this.alarm(`${this.short}-${name}-iterator-age`, 'It lags behind its stream', {
        ...about('IteratorAge'),
        ...lasting('Maximum', 10_000, 2),
      });
    }
  }

  /** All versions together; a function of a promoted stage may have two that serve. */
  of(id) {
    return [{ Name: 'FunctionName', Value: { Ref: id } }];
  }

  readsStream(id) {
    return this.mappings().some((it) => it.StartingPosition && refersTo(it.FunctionName, id));
  }

  mappings() {
    return this.ofType('AWS::Lambda::EventSourceMapping').map(([, it]) => it.Properties);
  }

  watchQueues(limits) {
    for (const [id] of this.ofType('AWS::SQS::Queue')) {
      const name = { Name: 'QueueName', Value: { 'Fn::GetAtt': [id, 'QueueName'] } };
      const about = (metric) => ({ Namespace: 'AWS/SQS', MetricName: metric, Dimensions: [name] });
      const visible = about('ApproximateNumberOfMessagesVisible');
      if (!this.mappings().some((it) => refersTo(it.EventSourceArn, id))) {
        const full = { ...visible, ...lasting('Maximum', 0, 1) };
        this.alarm(`${this.short}-${id}-not-empty`, 'Something was given up', full);
        continue;
      }
      const { oldestSeconds = 300, waiting = 1000 } = limits[id] ?? {};
      this.alarm(`${this.short}-${id}-age`, 'Messages wait too long', {
        ...about('ApproximateAgeOfOldestMessage'),
        ...lasting('Maximum', oldestSeconds, 2),
      });
      this.alarm(`${this.short}-${id}-depth`, 'Too many messages wait', {
        ...visible,
        ...lasting('Maximum', waiting, 2),
      });
    }
  }

  watchApis() {
    for (const [id, { Properties }] of this.ofType('AWS::ApiGatewayV2::Api')) {
      const isHttp = Properties.ProtocolType === 'HTTP';
      this.alarm(`${this.short}-${isHttp ? 'http' : 'sockets'}-failures`, 'The API failed', {
        Namespace: 'AWS/ApiGateway',
        // IntegrationError would count the connections that are refused, too.
        MetricName: isHttp ? '5xx' : 'ExecutionError',
        Dimensions: [{ Name: 'ApiId', Value: { Ref: id } }],
      });
    }
  }

  watchOwn(what, { name, says, statistic = 'Sum', above = 0, minutes = 1, missing = 'notBreaching' }) {
    this.alarm(what, says, {
      Namespace: 'Calcutta',
      MetricName: name,
      Dimensions: [{ Name: 'Stage', Value: this.stage }],
      Statistic: statistic,
      Threshold: above,
      EvaluationPeriods: minutes,
      TreatMissingData: missing,
    });
  }

  alarm(what, says, properties) {
    const id = `${what.replace(/(?:^|-)(\w)/g, (_, first) => first.toUpperCase())}Alarm`;
    this.resources[id] = {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: `calcutta-${this.stage}-${what}`,
        AlarmDescription: `${says}. What to do: docs/runbook.md`,
        Period: 60,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
        ...lasting('Sum', 0, 1),
        ...properties,
      },
    };
  }

  isWatched(id) {
    return this.ofType('AWS::CloudWatch::Alarm').some(([, it]) =>
      refersTo(it.Properties.Dimensions ?? [], id)
    );
  }

  tellTopic() {
    const topic = { 'Fn::ImportValue': `calcutta-config-${this.stage}-AlarmsTopicArn` };
    for (const [, { Properties }] of this.ofType('AWS::CloudWatch::Alarm')) {
      Properties.AlarmActions ??= [topic];
      Properties.OKActions ??= [topic];
    }
  }
}

function lasting(Statistic, Threshold, EvaluationPeriods) {
  return { Statistic, Threshold, EvaluationPeriods };
}

function refersTo(node, id) {
  const text = JSON.stringify(node);
  return text.includes(`"${id}"`) || text.includes(`\${${id}.`) || text.includes(`\${${id}}`);
}

module.exports = Alarms;
