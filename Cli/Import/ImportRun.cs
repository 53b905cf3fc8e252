using System.Runtime.CompilerServices;
using MongoDB.Bson;
using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Cli.Import;

/// <summary>One pass over all documents, which validates them in order and imports several users in parallel.</summary>
internal sealed class ImportRun(NodeAuthSource source, UserImport users, bool dryRun)
{
    private const int Parallelism = 16;

    private readonly HashSet<EmailKey> _seen = [];

    public ImportTally Tally { get; } = new(dryRun);

    /// <summary>Runs to the last document or to the cancellation, and completes the imports in progress.</summary>
    public Task Run(CancellationToken stopping) =>
        Parallel.ForEachAsync(
            Candidates(stopping),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism },
            async (candidate, _) =>
            {
                bool? imported = await (
                    dryRun
                        ? users.Preview(candidate.User, stopping)
                        : users.Import(candidate.User, stopping)
                );
                if (imported is null)
                    Tally.Refuse(Refusal.Contended, candidate.Id, candidate.Position);
                else if (imported.Value)
                    Tally.Imported();
                else
                    Tally.Skipped();
            }
        );

    // Sequential, so that of two documents with the same email the first is imported. Verified ones come first: the
    // creator of the other need not own the email.
    private async IAsyncEnumerable<Candidate> Candidates(
        [EnumeratorCancellation] CancellationToken stopping
    )
    {
        foreach (bool verified in new[] { true, false })
        {
            await foreach (Candidate candidate in Candidates(verified, stopping))
                yield return candidate;
        }
    }

    private async IAsyncEnumerable<Candidate> Candidates(
        bool verified,
        [EnumeratorCancellation] CancellationToken stopping
    )
    {
        long number = 0;
        await using IAsyncEnumerator<RawBsonDocument> documents = source
            .Read(verified, stopping)
            .GetAsyncEnumerator(CancellationToken.None);
        while (await Next(documents, stopping))
        {
            using RawBsonDocument document = documents.Current;
            Position position = new(++number, verified);
            BsonValue? id = Id(document);
            (ImportedUser? user, Refusal why) = NodeAuthDocument.Read(document);
            if (user is null)
                Tally.Refuse(why, id, position);
            else if (!_seen.Add(EmailKey.Of(user.Email)))
                Tally.Refuse(Refusal.DuplicateEmail, id, position);
            else
                yield return new(user, id, position);
        }
    }

    private static async Task<bool> Next(
        IAsyncEnumerator<RawBsonDocument> documents,
        CancellationToken stopping
    )
    {
        try
        {
            return !stopping.IsCancellationRequested && await documents.MoveNextAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private static BsonValue? Id(RawBsonDocument document)
    {
        try
        {
            // Values of these types do not refer to the document's buffer, which is disposed.
            return
                document.TryGetValue("_id", out BsonValue id)
                && id is BsonObjectId or BsonInt32 or BsonInt64
                ? id
                : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private sealed record Candidate(ImportedUser User, BsonValue? Id, Position Position);
}
