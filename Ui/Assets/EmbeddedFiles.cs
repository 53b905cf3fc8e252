using System.Reflection;

namespace SessionAuth.Ui.Assets;

/// <summary>The files of the pages that are embedded in the assembly.</summary>
internal static class EmbeddedFiles
{
    /// <summary>The content of each file, by its path under <c>wwwroot/</c>.</summary>
    public static Dictionary<string, byte[]> Read()
    {
        Assembly assembly = typeof(EmbeddedFiles).Assembly;
        return assembly
            .GetManifestResourceNames()
            .ToDictionary(name => name, name => Read(assembly, name));
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
