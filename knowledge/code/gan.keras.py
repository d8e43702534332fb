import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
generator = keras.Sequential([keras.Input(shape=(4,)), layers.Dense(16, activation="relu"),
                              layers.Dense(1)])
discriminator = keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16, activation="relu"),
                                  layers.Dense(1, activation="sigmoid")])
discriminator.compile(optimizer=keras.optimizers.Adam(0.005, beta_1=0.5), loss="binary_crossentropy")

# gerador + discriminador congelado / generator + frozen discriminator
frozen = keras.models.clone_model(discriminator)
frozen.trainable = False
gan = keras.Sequential([keras.Input(shape=(4,)), generator, frozen])
gan.compile(optimizer=keras.optimizers.Adam(0.005, beta_1=0.5), loss="binary_crossentropy")

for step in range(300):
    real = np.random.normal(4, 0.5, (128, 1)).astype("float32")       # (B, 1)  N(4, 0.5)
    noise = np.random.randn(128, 4).astype("float32")                 # (B, 4)
    fake = generator.predict_on_batch(noise)                          # (B, 1)
    x, y = np.concatenate([real, fake]), np.repeat([1.0, 0.0], 128)[:, None]
    discriminator.train_on_batch(x, y)                                # real = 1, fake = 0
    frozen.set_weights(discriminator.get_weights())
    gan.train_on_batch(noise, np.ones((128, 1)))                      # "é real" / "it's real"

sample = generator.predict_on_batch(np.random.randn(1000, 4).astype("float32"))
print(f"mean of the generated data: {sample.mean():.2f}  (real: 4.00)")
