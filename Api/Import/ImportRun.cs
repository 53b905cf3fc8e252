using System.Runtime.CompilerServices;
using MongoDB.Bson;
using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Import;

/// <summary>One way through all documents: judges each, and makes the users, several at once.</summary>
internal sealed class ImportRun(NodeAuthSource source, UserImport users, bool dryRun)
{
    private const int AtOnce = 16;

    private readonly HashSet<EmailKey> _seen = [];

    public ImportTally Tally { get; } = new(dryRun);

    /// <summary>Goes on until the last document, or until it is to stop; those under way are finished.</summary>
    public Task Run(CancellationToken stopping) =>
        Parallel.ForEachAsync(
            Acceptable(stopping),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (candidate, _) =>
            {
                bool? made = await (
                    dryRun
                        ? users.Foresee(candidate.User, stopping)
                        : users.Make(candidate.User, stopping)
                );
                if (made is null)
                    Tally.Refuse(Refusal.Contended, candidate.Id, candidate.Position);
                else if (made.Value)
                    Tally.Made();
                else
                    Tally.Skipped();
            }
        );

    // One after another, in the order of reading: of two documents with one address the first is taken. Those that are
    // verified come first, since whoever made the other need not own the address.
    private async IAsyncEnumerable<Candidate> Acceptable(
        [EnumeratorCancellation] CancellationToken stopping
    )
    {
        foreach (bool verified in new[] { true, false })
        {
            await foreach (Candidate candidate in Acceptable(verified, stopping))
                yield return candidate;
        }
    }

    private async IAsyncEnumerable<Candidate> Acceptable(
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
                Tally.Refuse(Refusal.DoubledAddress, id, position);
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
            // One of the plain kinds has no bytes of the document behind it.
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
