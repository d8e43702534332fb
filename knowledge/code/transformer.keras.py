import keras
import numpy as np
from keras import layers

class AddPosition(layers.Layer):
    def build(self, shape):                               # (B, T, C)
        self.table = self.add_weight(shape=shape[1:], name="table")

    def call(self, x):
        return x + self.table

keras.utils.set_random_seed(0)
ids = np.random.randint(0, 20, (64, 8))                   # (B, T=8)  tokens
target = ids[:, ::-1]                                     # (B, T)    inverter a frase / reverse the sentence

inputs = keras.Input(shape=(8,), dtype="int32")
h = AddPosition()(layers.Embedding(20, 32)(inputs))                     # (B, T, 32)
for _ in range(2):                                                      # 2 blocos / blocks
    attended = layers.MultiHeadAttention(num_heads=4, key_dim=8)(h, h)  # autoatenção / self-attention
    h = layers.LayerNormalization()(h + attended)                       # (B, T, 32)
    forward = layers.Dense(32)(layers.Dense(64, activation="relu")(h))
    h = layers.LayerNormalization()(h + forward)                        # (B, T, 32)
outputs = layers.Dense(20, activation="softmax")(h)                     # (B, T, 20)

model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy")
history = model.fit(ids, target, epochs=60, batch_size=64, verbose=0)
print(f"loss: {history.history['loss'][0]:.3f} -> {history.history['loss'][-1]:.3f}")
