using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.UseCases.Throttling;

/// <summary>The client of an attempt at a secret, as its request describes it.</summary>
/// <param name="Network">The network of its IP address.</param>
/// <param name="Device">Browser, system and IP address.</param>
/// <param name="MarkOf">The user whom the device cookie belongs to; null without a valid one.</param>
/// <param name="Mark">The mark in the device cookie; null without a valid one.</param>
public sealed record Client(
    ClientNetwork Network,
    ClientDevice Device,
    UserId? MarkOf,
    DeviceMark? Mark
);
