/** A Graph as the bytes of a TensorFlow SavedModel that a session can load. */
import { graphMessages, TF_TYPES, type GraphMessages, type TensorData } from '../tensorflow.ts';
import { tensorName, type Attribute, type Graph, type GraphNode } from './graph.ts';

/** Graph version of TensorFlow 2.9, the oldest library the app runs on. */
const GRAPH_PRODUCER = 1087;

/** Gives the content of a `saved_model.pb` with `graph` under the tag "serve". */
export function serializeGraph(graph: Graph): Uint8Array {
  const messages = graphMessages();
  const definition = new messages.GraphDef();
  const version = new messages.VersionDef();
  version.setProducer(GRAPH_PRODUCER);
  definition.setVersions(version);
  for (const node of graph.nodes) definition.addNode(nodeMessage(messages, node));

  const info = new messages.MetaGraphDef.MetaInfoDef();
  info.setTagsList(['serve']);
  info.setTensorflowVersion('2.9.1');
  const metaGraph = new messages.MetaGraphDef();
  metaGraph.setMetaInfoDef(info);
  metaGraph.setGraphDef(definition);
  const savedModel = new messages.SavedModel();
  savedModel.setSavedModelSchemaVersion(1);
  savedModel.addMetaGraphs(metaGraph);
  return savedModel.serializeBinary();
}

function nodeMessage(messages: GraphMessages, node: GraphNode): object {
  const message = new messages.NodeDef();
  message.setName(node.name);
  message.setOp(node.op);
  message.setInputList([...node.inputs.map(tensorName), ...node.after.map(({ name }) => `^${name}`)]);
  const attributes = message.getAttrMap();
  for (const [name, value] of Object.entries(node.attributes))
    attributes.set(name, attributeMessage(messages, value));
  return message;
}

function attributeMessage(messages: GraphMessages, value: Attribute): object {
  const message = new messages.AttrValue();
  if ('type' in value) message.setType(TF_TYPES[value.type]);
  else if ('int' in value) message.setI(value.int);
  else if ('float' in value) message.setF(value.float);
  else if ('bool' in value) message.setB(value.bool);
  else if ('text' in value) message.setS(Buffer.from(value.text));
  else if ('shape' in value) message.setShape(shapeMessage(messages, value.shape));
  else if ('ints' in value) {
    const list = new messages.AttrValue.ListValue();
    list.setIList([...value.ints]);
    message.setList(list);
  } else message.setTensor(tensorMessage(messages, value.tensor));
  return message;
}

function shapeMessage(messages: GraphMessages, shape: readonly number[]): object {
  const message = new messages.TensorShape();
  for (const size of shape) {
    const dim = new messages.TensorShape.Dim();
    dim.setSize(size);
    message.addDim(dim);
  }
  return message;
}

function tensorMessage(
  messages: GraphMessages,
  tensor: { dtype: keyof typeof TF_TYPES; shape: readonly number[]; data: TensorData },
): object {
  const message = new messages.Tensor();
  message.setDtype(TF_TYPES[tensor.dtype]);
  message.setTensorShape(shapeMessage(messages, tensor.shape));
  message.setTensorContent(
    new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength),
  );
  return message;
}
