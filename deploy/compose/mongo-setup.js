// Makes the replica set, and the user that the nodes sign in with: it may read and write their database, and no other.

const members = ["mongo1", "mongo2", "mongo3"];
const root = `root:${encodeURIComponent(process.env.MONGO_ROOT_PASSWORD)}`;

const first = connect(`mongodb://${root}@${members[0]}/admin?directConnection=true`);
try {
  first.adminCommand({ replSetGetStatus: 1 });
} catch (error) {
  if (error.codeName !== "NotYetInitialized") {
    throw error;
  }
  first.adminCommand({
    replSetInitiate: {
      _id: "sessionauth",
      members: members.map((host, _id) => ({ _id, host: `${host}:27017` })),
    },
  });
}

// This waits until a primary has been elected.
const nodes = connect(`mongodb://${root}@${members}/sessionauth?replicaSet=sessionauth&authSource=admin&w=majority`);
const user = { pwd: process.env.MONGO_PASSWORD, roles: [{ role: "readWrite", db: "sessionauth" }] };
if (nodes.getUser("sessionauth")) {
  nodes.updateUser("sessionauth", user);
} else {
  nodes.createUser({ user: "sessionauth", ...user });
}
