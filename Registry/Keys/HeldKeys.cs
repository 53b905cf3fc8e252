using SessionAuth.Domain.Keys;
using SessionAuth.Domain.Registry;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Registry.Keys;

/// <summary>The keys in this node's copy of the registry, derived once for each version.</summary>
internal sealed class HeldKeys(RegistryCopy copy, KeyQuestions questions, TimeProvider clock)
{
    private volatile DerivedKeys? _derived;

    /// <summary>The key that new values are made with.</summary>
    /// <exception cref="RegistryUnavailableException">The copy may be outdated.</exception>
    public DerivedKey Newest => Derived(copy.Current).Newest(clock.GetUtcNow());

    /// <summary>The key with this id; null when this node does not have it.</summary>
    /// <exception cref="RegistryUnavailableException">The copy may be outdated.</exception>
    public DerivedKey? Find(KeyId id) => Derived(copy.Current).Find(id);

    /// <summary>Asks the registry for a key that this node does not have.</summary>
    /// <returns>The key; otherwise null, and what to answer.</returns>
    public async ValueTask<(OpenOutcome Outcome, DerivedKey? Key)> Ask(
        KeyId id,
        CancellationToken cancellationToken
    )
    {
        (OpenOutcome outcome, RegistryContent? content) = await questions.Ask(
            id,
            cancellationToken
        );
        return (outcome, content is null ? null : Derived(content).Find(id));
    }

    private DerivedKeys Derived(RegistryContent content)
    {
        DerivedKeys? derived = _derived;
        if (derived?.Keys != content.Keys)
            _derived = derived = new(content.Keys);
        return derived;
    }
}
